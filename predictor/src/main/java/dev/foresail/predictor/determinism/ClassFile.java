package dev.foresail.predictor.determinism;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.objectweb.asm.Type;

/**
 * What the scan knows of a class. All class names are in full, with dots. Immutable.
 *
 * @param superName empty for Object
 * @param sourceFile empty when not known
 * @param methods by name and descriptor, in the order of the file
 * @param fieldTypes the classes that the declarations of its instance fields name
 * @param allowed the reason why it is not looked into
 */
record ClassFile(
        String name,
        String superName,
        List<String> interfaces,
        String sourceFile,
        Map<String, Method> methods,
        SortedSet<String> fieldTypes,
        Optional<String> allowed) {

    /**
     * @param isDispatched whether it is called by what its object is: neither static nor private nor a constructor
     * @param isAbstract whether it has no code
     * @param isOpen whether other classes may call it: neither private nor made by the compiler
     * @param uses in the order of the code
     */
    record Method(
            String name,
            String descriptor,
            boolean isDispatched,
            boolean isAbstract,
            boolean isOpen,
            List<Use> uses,
            Optional<String> allowed) {
        String signature() {
            return name + descriptor;
        }
    }

    /** How an instruction uses a member of a class. */
    enum Kind {
        /** A call of exactly this method. */
        CALL,
        /** A call of this method or one that overrides it. */
        DISPATCHED_CALL,
        STATIC_READ,
        STATIC_WRITE
    }

    /**
     * @param owner the class that the instruction names
     * @param descriptor of the method or the field
     * @param line 0 when not known
     */
    record Use(Kind kind, String owner, String name, String descriptor, int line) {
        boolean isCall() {
            return kind == Kind.CALL || kind == Kind.DISPATCHED_CALL;
        }

        String signature() {
            return name + descriptor;
        }

        /** As people write it: {@code owner.name(parameters)}, or {@code owner.name} for a field. */
        String readable(String declaredIn) {
            return declaredIn + "." + name + (isCall() ? parameters(descriptor) : "");
        }
    }

    static String parameters(String descriptor) {
        StringBuilder text = new StringBuilder("(");
        for (Type parameter : Type.getArgumentTypes(descriptor)) {
            text.append(text.length() == 1 ? "" : ",").append(parameter.getClassName());
        }
        return text.append(')').toString();
    }
}
