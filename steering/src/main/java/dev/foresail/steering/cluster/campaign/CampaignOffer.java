package dev.foresail.steering.cluster.campaign;

import dev.foresail.steering.cluster.MessageReader;
import dev.foresail.steering.cluster.MessageWriter;
import java.util.List;

/**
 * The plan of a campaign, as members are told it.
 *
 * @param type the protocol's class, by its full name
 * @param schema as {@link dev.foresail.choice.machine.Machine#schema}
 * @param code the {@link CodeFingerprint} of protocol and scenario
 * @param words the options that say what is simulated, as on a command line; one that stands for a file is {@link #FILE}, the file's place
 *     in the list, from 0, a slash and its name
 * @param files what is in them
 * @param workers over how many threads one run is spread, at least 1
 */
public record CampaignOffer(
        String protocol, String type, long schema, long code, List<String> words, List<byte[]> files, int workers) {
    /** No word of a command line begins so. */
    public static final String FILE = "\0";

    public CampaignOffer {
        words = List.copyOf(words);
        files = List.copyOf(files);
    }

    public byte[] message() {
        MessageWriter out = new MessageWriter();
        out.text(protocol).text(type).number(schema).number(code);
        out.each(words, out::text).each(files, out::bytes).integer(workers);
        return out.message();
    }

    /** @throws IllegalArgumentException when it is no offer */
    public static CampaignOffer read(byte[] message) {
        MessageReader in = new MessageReader(message);
        return new CampaignOffer(
                in.text(), in.text(), in.number(), in.number(), in.each(in::text), in.each(in::bytes), in.integer());
    }
}
