package io.stockobserver.route;

import io.stockobserver.archive.Archive;
import io.stockobserver.archive.Lane;
import io.stockobserver.archive.OpenFile;
import io.stockobserver.recorder.Recorder;
import io.stockobserver.recorder.Sealing;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/** Shows one provider's part of the archive over JMX. Thread-safe. */
public final class ArchiveFace implements ArchiveFaceMXBean {
  private final Archive archive;
  private final Recorder recorder;
  private final Sealing sealing;

  private ArchiveFace(Archive archive, Recorder recorder, Sealing sealing) {
    this.archive = archive;
    this.recorder = recorder;
    this.sealing = sealing;
  }

  /** Shows it as {@code io.stockobserver:type=Archive,provider=…} until it is closed. */
  public static Shown show(Archive archive, Recorder recorder, Sealing sealing) {
    return Shown.as(
        "io.stockobserver:type=Archive,provider=" + archive.settings().provider(),
        ArchiveFaceMXBean.class,
        new ArchiveFace(archive, recorder, sealing));
  }

  @Override
  public @Nullable String getOpenTape() {
    return archive.open().stream()
        .filter(file -> file.lane() == Lane.TAPE)
        .map(OpenFile::path)
        .findFirst()
        .orElse(null);
  }

  @Override
  public int getOpenFiles() {
    return archive.open().size();
  }

  @Override
  public long getUnforcedBytes() {
    return archive.forcing().unforcedBytes();
  }

  @Override
  public long getWaitingLines() {
    return archive.open().stream().mapToLong(OpenFile::waitingLines).sum();
  }

  @Override
  public long getSealedFiles() {
    return sealing.sealed();
  }

  @Override
  public long getSealFailures() {
    return sealing.failures();
  }

  @Override
  public long getLongestForceMillis() {
    return archive.forcing().longest().toMillis();
  }

  @Override
  public double getDiskUsedPercent() {
    try {
      FileStore disk = disk();
      long total = disk.getTotalSpace();
      return total <= 0 ? 0 : 100.0 * (total - disk.getUsableSpace()) / total;
    } catch (IOException unknown) {
      return 0;
    }
  }

  @Override
  public long getDiskFreeBytes() {
    try {
      return disk().getUsableSpace();
    } catch (IOException unknown) {
      return 0;
    }
  }

  private FileStore disk() throws IOException {
    return Files.getFileStore(archive.settings().root());
  }

  @Override
  public @Nullable String getTrouble() {
    return recorder.state().diskTrouble();
  }
}
