package dev.foresail.eval.documentation;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles what a page shows, with the project's own strictness and its annotation processor. */
final class PageCompiler {
    private PageCompiler() {}

    /** What the compiler says; nothing when all is well. */
    static String compile(List<Path> sources, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        List<String> options = List.of(
                "--release",
                "17",
                "-Xlint:all,-processing,-classfile,-path",
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path") + File.pathSeparator + classes,
                "-processor",
                "dev.foresail.choice.processor.ForesailProcessor");
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            compiler.getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
        }
        return said.toString();
    }
}
