package io.stockobserver.behaviour;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A way to a venue that can be shut: while it is, its port refuses everybody. */
final class Door implements AutoCloseable {
  private final URI venue;
  private final Supplier<OutputStream> ears;
  private final List<Socket> through = new ArrayList<>();
  private @Nullable ServerSocket port;
  private int number;

  Door(URI venue) {
    this(venue, OutputStream::nullOutputStream);
  }

  /** Each who goes through is given an ear, which hears all that he says to the venue. */
  Door(URI venue, Supplier<OutputStream> ears) {
    this.venue = venue;
    this.ears = ears;
    open();
  }

  synchronized void open() {
    try {
      ServerSocket opened = new ServerSocket();
      opened.setReuseAddress(true);
      opened.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), number));
      number = opened.getLocalPort();
      port = opened;
      thread(() -> accept(opened));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + number;
  }

  private void accept(ServerSocket from) {
    while (true) {
      try {
        Socket client = from.accept();
        Socket server = new Socket(venue.getHost(), venue.getPort());
        synchronized (this) {
          through.add(client);
          through.add(server);
        }
        OutputStream ear = ears.get();
        thread(() -> copy(client, server, ear));
        thread(() -> copy(server, client, OutputStream.nullOutputStream()));
      } catch (IOException shut) {
        return;
      }
    }
  }

  private static void copy(Socket from, Socket to, OutputStream ear) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      byte[] some = new byte[8192];
      for (int n = in.read(some); n >= 0; n = in.read(some)) {
        ear.write(some, 0, n);
        out.write(some, 0, n);
      }
    } catch (IOException gone) {
      // the other side notices
    }
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "door");
    thread.setDaemon(true);
    thread.start();
  }

  /** Shuts it; whoever is in it is cut off. */
  synchronized void shut() {
    try {
      if (port != null) {
        port.close();
      }
      for (Socket socket : through) {
        socket.close();
      }
      through.clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    shut();
  }
}
