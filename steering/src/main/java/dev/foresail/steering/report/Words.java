package dev.foresail.steering.report;

import java.util.Locale;

/** Names and numbers as people read them. Pure functions. */
final class Words {
    private static final double LONG_FROM = 1e15;

    private Words() {}

    /** A name such as {@code maxDepthAfterJoin} in words; what has blanks, dashes or dots is left as it is. */
    static String of(String name) {
        if (!name.matches("[a-z]+[A-Za-z0-9]*")) {
            return name;
        }
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    /** What no table goes below: a number, a text, true or false. */
    static String of(Object scalar) {
        if (scalar instanceof Boolean flag) {
            return flag ? "yes" : "no";
        }
        return scalar instanceof Number number ? number(number.doubleValue()) : String.valueOf(scalar);
    }

    /** Four digits that mean something, whole numbers in full; a dash for what is none. */
    static String number(double number) {
        if (!Double.isFinite(number)) {
            return "–";
        }
        double size = Math.abs(number);
        if (number == Math.rint(number) && size < LONG_FROM) {
            return grouped((long) number);
        } else if (size >= 1000 && size < LONG_FROM) {
            return grouped(Math.round(number));
        } else if (size < 0.0001 || size >= LONG_FROM) {
            return String.format(Locale.ROOT, "%.3g", number);
        }
        int decimals = (int) Math.max(0, 3 - Math.floor(StrictMath.log10(size)));
        String shown = String.format(Locale.ROOT, "%." + decimals + "f", number);
        return shown.contains(".") ? shown.replaceAll("0+$", "").replaceAll("\\.$", "") : shown;
    }

    /** With thin blanks between thousands. */
    private static String grouped(long whole) {
        return String.format(Locale.ROOT, "%,d", whole).replace(',', '\u2009');
    }
}
