package dev.foresail.predictor.guardrail;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Puts a call of {@link LoopGuard#step} at the beginning of every method and before every jump backwards. The call takes and
 * leaves nothing on the stack, so that frames and stack sizes stay as they are. Pure functions.
 *
 * <p>Nothing that goes on for ever can do so inside {@code catch} clauses alone: compilers put a clause behind what it
 * guards, so that every cycle has a jump backwards which is not guarded by the clause that it comes from.
 */
final class StepInserter {
    private static final String GUARD = LoopGuard.class.getName().replace('.', '/');

    private StepInserter() {}

    /**
     * @param bytes a class file
     * @throws IllegalArgumentException when it is of a version that is not known
     */
    static byte[] insert(byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        Map<String, Integer> firstLines = new HashMap<>();
        reader.accept(new FirstLines(firstLines), ClassReader.SKIP_FRAMES);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        return new Steps(
                                super.visitMethod(access, name, descriptor, signature, exceptions),
                                firstLines.getOrDefault(name + descriptor, 0));
                    }
                },
                0);
        return writer.toByteArray();
    }

    /** Finds the line in which each method begins. */
    private static final class FirstLines extends ClassVisitor {
        private final Map<String, Integer> lines;

        private FirstLines(Map<String, Integer> lines) {
            super(Opcodes.ASM9);
            this.lines = lines;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitLineNumber(int line, Label start) {
                    lines.putIfAbsent(name + descriptor, line);
                }
            };
        }
    }

    private static final class Steps extends MethodVisitor {
        private final Set<Label> passed = new HashSet<>();
        private final int firstLine;

        private Steps(MethodVisitor next, int firstLine) {
            super(Opcodes.ASM9, next);
            this.firstLine = firstLine;
        }

        private void step() {
            super.visitMethodInsn(Opcodes.INVOKESTATIC, GUARD, "step", "()V", false);
        }

        private void stepBeforeJumpTo(Label... targets) {
            for (Label target : targets) {
                if (passed.contains(target)) {
                    step();
                    return;
                }
            }
        }

        @Override
        public void visitCode() {
            super.visitCode();
            if (firstLine > 0) {
                Label entry = new Label();
                super.visitLabel(entry);
                super.visitLineNumber(firstLine, entry);
            }
            // Before everything else, hence outside of what the method's own catch clauses guard.
            step();
        }

        @Override
        public void visitLabel(Label label) {
            passed.add(label);
            super.visitLabel(label);
        }

        @Override
        public void visitJumpInsn(int opcode, Label label) {
            stepBeforeJumpTo(label);
            super.visitJumpInsn(opcode, label);
        }

        @Override
        public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
            stepBeforeJumpTo(otherwise);
            stepBeforeJumpTo(labels);
            super.visitTableSwitchInsn(min, max, otherwise, labels);
        }

        @Override
        public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
            stepBeforeJumpTo(otherwise);
            stepBeforeJumpTo(labels);
            super.visitLookupSwitchInsn(otherwise, keys, labels);
        }
    }
}
