package io.stockobserver.etl;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows of the database as one Parquet file: figures as decimals of their column, instants in
 * microseconds of UTC, NULL as NULL. A group of rows at a time is in memory. Not thread-safe.
 */
final class ParquetFile {
  private static final int ROWS_IN_A_GROUP = 100_000;
  private static final long GROUP_BYTES = 16L << 20;

  private ParquetFile() {}

  /** Writes all that is left of these rows, columns under their own names. */
  static void write(ResultSet rows, Path file) throws SQLException, IOException {
    List<Type> types = new ArrayList<>();
    ResultSetMetaData meta = rows.getMetaData();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      types.add(type(meta, i));
    }
    try (ParquetWriter<Object[]> out =
        new Rows(file, new MessageType("rows", types))
            .withConf(new PlainParquetConfiguration())
            .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withRowGroupSize(GROUP_BYTES)
            .withRowGroupRowCountLimit(ROWS_IN_A_GROUP)
            .build()) {
      @Nullable Object[] row = new Object[types.size()];
      while (rows.next()) {
        for (int i = 0; i < row.length; i++) {
          row[i] = value(rows, i + 1, types.get(i));
        }
        out.write(row);
      }
    }
  }

  private static Type type(ResultSetMetaData meta, int i) throws SQLException {
    String kind = meta.getColumnTypeName(i);
    var string = LogicalTypeAnnotation.stringType();
    return switch (kind) {
      case "varchar" -> Types.optional(PrimitiveTypeName.BINARY).as(string).named(name(meta, i));
      case "_varchar" ->
          Types.optionalList()
              .requiredElement(PrimitiveTypeName.BINARY)
              .as(string)
              .named(name(meta, i));
      case "timestamptz" ->
          Types.optional(PrimitiveTypeName.INT64)
              .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
              .named(name(meta, i));
      case "date" ->
          Types.optional(PrimitiveTypeName.INT32)
              .as(LogicalTypeAnnotation.dateType())
              .named(name(meta, i));
      case "int4" -> Types.optional(PrimitiveTypeName.INT32).named(name(meta, i));
      case "float8" -> Types.optional(PrimitiveTypeName.DOUBLE).named(name(meta, i));
      case "numeric" ->
          Types.optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
              .length(width(meta.getPrecision(i)))
              .as(LogicalTypeAnnotation.decimalType(meta.getScale(i), meta.getPrecision(i)))
              .named(name(meta, i));
      default -> throw new IllegalStateException(name(meta, i) + " is of " + kind);
    };
  }

  private static String name(ResultSetMetaData meta, int i) throws SQLException {
    return meta.getColumnName(i);
  }

  /** How many bytes hold every figure of so many digits, and its sign. */
  private static int width(int digits) {
    return BigInteger.TEN.pow(digits).bitLength() / 8 + 1;
  }

  private static @Nullable Object value(ResultSet rows, int i, Type type) throws SQLException {
    if (!type.isPrimitive()) {
      Array array = rows.getArray(i);
      return array == null ? null : array.getArray();
    }
    return switch (type.asPrimitiveType().getPrimitiveTypeName()) {
      case BINARY -> {
        String text = rows.getString(i);
        yield text == null ? null : Binary.fromString(text);
      }
      case INT64 -> {
        OffsetDateTime at = rows.getObject(i, OffsetDateTime.class);
        yield at == null ? null : ChronoUnit.MICROS.between(Instant.EPOCH, at.toInstant());
      }
      case INT32 -> {
        if (type.getLogicalTypeAnnotation() == null) {
          yield rows.getObject(i, Integer.class);
        }
        LocalDate day = rows.getObject(i, LocalDate.class);
        yield day == null ? null : (int) day.toEpochDay();
      }
      case FIXED_LEN_BYTE_ARRAY -> {
        var figure = rows.getBigDecimal(i);
        int width = type.asPrimitiveType().getTypeLength();
        yield figure == null ? null : fixed(figure.unscaledValue().toByteArray(), width);
      }
      default -> rows.getObject(i, Double.class);
    };
  }

  private static Binary fixed(byte[] digits, int width) {
    byte[] all = new byte[width];
    Arrays.fill(all, digits[0] < 0 ? (byte) -1 : 0);
    System.arraycopy(digits, 0, all, width - digits.length, digits.length);
    return Binary.fromConstantByteArray(all);
  }

  private static final class Rows extends ParquetWriter.Builder<Object[], Rows> {
    private final MessageType schema;

    Rows(Path file, MessageType schema) {
      super(new LocalOutputFile(file));
      this.schema = schema;
    }

    @Override
    protected Rows self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract there still; the one below is called
    protected WriteSupport<Object[]> getWriteSupport(Configuration none) {
      return new Row(schema);
    }

    @Override
    protected WriteSupport<Object[]> getWriteSupport(ParquetConfiguration none) {
      return new Row(schema);
    }
  }

  private static final class Row extends WriteSupport<Object[]> {
    private final MessageType schema;
    private @Nullable RecordConsumer to;

    Row(MessageType schema) {
      this.schema = schema;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract there still; the one below is called
    public WriteContext init(Configuration none) {
      return new WriteContext(schema, Map.of());
    }

    @Override
    public WriteContext init(ParquetConfiguration none) {
      return new WriteContext(schema, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
      to = consumer;
    }

    @Override
    public void write(@Nullable Object[] row) {
      RecordConsumer out = Objects.requireNonNull(to);
      out.startMessage();
      for (int i = 0; i < row.length; i++) {
        Object value = row[i];
        if (value != null) {
          out.startField(schema.getFieldName(i), i);
          add(out, value);
          out.endField(schema.getFieldName(i), i);
        }
      }
      out.endMessage();
    }

    private static void add(RecordConsumer out, Object value) {
      if (value instanceof Binary bytes) {
        out.addBinary(bytes);
      } else if (value instanceof Long whole) {
        out.addLong(whole);
      } else if (value instanceof Integer whole) {
        out.addInteger(whole);
      } else if (value instanceof Double share) {
        out.addDouble(share);
      } else {
        list(out, (Object[]) value);
      }
    }

    private static void list(RecordConsumer out, Object[] all) {
      out.startGroup();
      if (all.length > 0) {
        out.startField("list", 0);
        for (Object one : all) {
          out.startGroup();
          out.startField("element", 0);
          out.addBinary(Binary.fromString((String) one));
          out.endField("element", 0);
          out.endGroup();
        }
        out.endField("list", 0);
      }
      out.endGroup();
    }
  }
}
