package io.stockobserver.etl;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What a query found, as text. */
final class Table {
  private Table() {}

  /** How a test reads one value. */
  interface Cell {
    String at(ResultSet row, int column) throws SQLException;
  }

  /** The columns' names, then the rows. */
  static List<List<String>> of(Connection connection, String sql, Cell cell) throws SQLException {
    List<List<String>> all = new ArrayList<>();
    try (Statement s = connection.createStatement();
        ResultSet r = s.executeQuery(sql)) {
      int columns = r.getMetaData().getColumnCount();
      List<String> names = new ArrayList<>();
      for (int i = 1; i <= columns; i++) {
        names.add(r.getMetaData().getColumnLabel(i));
      }
      all.add(names);
      while (r.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(cell.at(r, i));
        }
        all.add(row);
      }
    }
    return all;
  }
}
