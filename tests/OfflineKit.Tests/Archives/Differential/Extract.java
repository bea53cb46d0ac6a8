import java.io.*;
import java.nio.file.*;
import java.util.*;
import java.util.zip.*;

/** Extracts as java.util.zip reads an archive: one line `KIND ARCHIVE FOLDER` a task, by stream (ZipInputStream) or by file (ZipFile). */
public class Extract {
    public static void main(String[] arguments) throws IOException {
        BufferedReader tasks = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
        for (String line = tasks.readLine(); line != null; line = tasks.readLine()) {
            String[] task = line.split("\t");
            Path out = Files.createDirectories(Paths.get(task[2], "out"));
            String status = "ok";
            try {
                if (task[0].equals("stream")) {
                    stream(task[1], out);
                } else {
                    file(task[1], out);
                }
            } catch (Exception fault) {
                status = fault.toString();
            }
            Files.write(Paths.get(task[2], "status"), status.getBytes("UTF-8"));
        }
    }

    static void stream(String archive, Path out) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new FileInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                place(out, entry, zip);
            }
        }
    }

    static void file(String archive, Path out) throws IOException {
        try (ZipFile zip = new ZipFile(archive)) {
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements();) {
                ZipEntry entry = all.nextElement();
                place(out, entry, zip.getInputStream(entry));
            }
        }
    }

    static void place(Path out, ZipEntry entry, InputStream content) throws IOException {
        if (entry.isDirectory()) {
            return;
        }
        Path file = out.resolve(entry.getName().replaceFirst("^/+", ""));
        Files.createDirectories(file.getParent());
        Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
