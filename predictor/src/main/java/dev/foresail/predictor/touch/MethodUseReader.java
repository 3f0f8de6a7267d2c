package dev.foresail.predictor.touch;

import dev.foresail.choice.SystemView;
import dev.foresail.predictor.touch.FieldUse.MethodUse;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Reads what each method of one class uses of its objects' fields. Used for one class. */
final class MethodUseReader extends ClassVisitor {
    private static final String VIEW = SystemView.class.getName();

    private final Map<String, MethodUse> methods = new TreeMap<>();
    private String name = "";

    MethodUseReader() {
        super(Opcodes.ASM9);
    }

    /** By name and descriptor. */
    Map<String, MethodUse> methods() {
        return Collections.unmodifiableMap(methods);
    }

    @Override
    public void visit(
            int version, int access, String type, String signature, String superType, String[] interfaceTypes) {
        name = type;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String method, String descriptor, String signature, String[] exceptions) {
        return new Body(method + descriptor, (access & Opcodes.ACC_STATIC) != 0, descriptor);
    }

    /**
     * One method. Whether the state goes astray is found by counting: each time that it is put on the stack, from a parameter,
     * one of the instructions that may have it takes it from there. What is put there and not taken by one of these goes
     * elsewhere. A state that comes from anywhere else makes the count worthless.
     */
    private final class Body extends MethodVisitor {
        private final String signature;
        private final Set<Integer> stateVariables = new HashSet<>();
        private final Set<String> read = new HashSet<>();
        private final Set<String> written = new HashSet<>();
        private final Set<String> called = new HashSet<>();
        private int loaded;
        private int taken;
        private boolean isStateOnTop;
        private boolean isUncertain;

        Body(String signature, boolean isStatic, String descriptor) {
            super(Opcodes.ASM9);
            this.signature = signature;
            int variable = 0;
            if (!isStatic) {
                stateVariables.add(variable++);
            }
            for (Type parameter : Type.getArgumentTypes(descriptor)) {
                if (isState(parameter)) {
                    stateVariables.add(variable);
                }
                variable += parameter.getSize();
            }
        }

        private boolean isState(Type type) {
            Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
            return element.getSort() == Type.OBJECT && element.getInternalName().equals(name);
        }

        /** Whoever is given a view may read every state in it. */
        private static boolean hasView(Type... types) {
            return Arrays.stream(types).anyMatch(type -> type.getClassName().startsWith(VIEW));
        }

        private int states(String descriptor) {
            return (int) Arrays.stream(Type.getArgumentTypes(descriptor))
                    .filter(this::isState)
                    .count();
        }

        private void other() {
            isStateOnTop = false;
        }

        @Override
        public void visitVarInsn(int opcode, int variable) {
            boolean isState = stateVariables.contains(variable);
            isUncertain |= (isState || isStateOnTop) && opcode == Opcodes.ASTORE;
            isStateOnTop = isState && opcode == Opcodes.ALOAD;
            loaded += isStateOnTop ? 1 : 0;
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.DUP && isStateOnTop) {
                loaded++;
            } else {
                other();
            }
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String field, String type) {
            other();
            isUncertain |= isState(Type.getType(type));
            if (owner.equals(name) && opcode == Opcodes.GETFIELD) {
                read.add(field);
                taken++;
            } else if (owner.equals(name) && opcode == Opcodes.PUTFIELD) {
                written.add(field);
                taken++;
            }
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String method, String descriptor, boolean isInterface) {
            other();
            isUncertain |= isState(Type.getReturnType(descriptor));
            if (owner.equals(name)) {
                called.add(method + descriptor);
                taken += states(descriptor) + (opcode == Opcodes.INVOKESTATIC ? 0 : 1);
            } else {
                isUncertain |= hasView(Type.getArgumentTypes(descriptor));
            }
        }

        /** A lambda that has the state is a method of this class; what else may be made of it does not matter. */
        @Override
        public void visitInvokeDynamicInsn(String method, String descriptor, Handle bootstrap, Object... arguments) {
            other();
            boolean isLambda = bootstrap.getOwner().equals("java/lang/invoke/LambdaMetafactory");
            for (Object argument : arguments) {
                if (argument instanceof Handle handle && handle.getOwner().equals(name)) {
                    called.add(handle.getName() + handle.getDesc());
                } else {
                    isUncertain |= argument instanceof ConstantDynamic
                            || argument instanceof Handle && hasState(descriptor, arguments);
                }
            }
            taken += isLambda && isOfThisClass(arguments) ? states(descriptor) : 0;
        }

        /** Whether a method of another class, of which a reference is made, may be given states or a view. */
        private boolean hasState(String descriptor, Object... arguments) {
            return hasView(Type.getArgumentTypes(descriptor))
                    || Arrays.stream(arguments)
                            .filter(Type.class::isInstance)
                            .map(Type.class::cast)
                            .filter(type -> type.getSort() == Type.METHOD)
                            .anyMatch(type -> isState(type.getReturnType())
                                    || states(type.getDescriptor()) > 0
                                    || hasView(type.getArgumentTypes()));
        }

        private boolean isOfThisClass(Object... arguments) {
            return Arrays.stream(arguments)
                    .allMatch(argument -> !(argument instanceof Handle handle)
                            || handle.getOwner().equals(name));
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            other();
            isUncertain |=
                    opcode == Opcodes.CHECKCAST && type.equals(name) || opcode == Opcodes.NEW && type.equals(name);
        }

        @Override
        public void visitIntInsn(int opcode, int operand) {
            other();
        }

        @Override
        public void visitJumpInsn(int opcode, Label label) {
            meets();
        }

        @Override
        public void visitLabel(Label label) {
            meets();
        }

        /** What is on the stack may be one thing or another from here on. */
        private void meets() {
            isUncertain |= isStateOnTop;
            other();
        }

        @Override
        public void visitLdcInsn(Object value) {
            other();
        }

        @Override
        public void visitIincInsn(int variable, int increment) {
            other();
        }

        @Override
        public void visitTableSwitchInsn(int min, int max, Label other, Label... labels) {
            other();
        }

        @Override
        public void visitLookupSwitchInsn(Label other, int[] keys, Label[] labels) {
            other();
        }

        @Override
        public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
            other();
        }

        @Override
        public void visitEnd() {
            methods.put(signature, new MethodUse(read, written, called, isUncertain || loaded != taken));
        }
    }
}
