package dev.foresail.steering.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.steering.cluster.RefusedException;
import dev.foresail.steering.cluster.campaign.CampaignOffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.ParameterException;

/** What somebody else's command line may make a member do. */
final class OfferedOptionsTest {
    @TempDir
    private Path directory = Path.of("");

    private final List<Path> kept = new ArrayList<>();

    private static CampaignOffer offer(String... words) {
        return new CampaignOffer(
                "kitchen", "K", 1, 2, List.of(words), List.of("limits: {}".getBytes(StandardCharsets.UTF_8)), 1);
    }

    @Test
    void filesOfTheOfferAreFilesHere() throws Exception {
        SimulationOptions options = OfferedOptions.read(
                offer("--nodes", "3", "--config", CampaignOffer.FILE + "0/../sim.yaml", "--like", "planetlab"), kept);
        assertEquals(3, options.nodes());
        assertEquals("limits: {}", Files.readString(kept.get(0)));
        assertTrue(kept.get(0).getFileName().toString().endsWith("-.._sim.yaml"), kept::toString);
        Files.delete(kept.get(0));
    }

    @Test
    void filesOfTheMemberAreNobodysBusiness() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "the-password");
        for (List<String> words : List.of(
                List.of("--config", secret.toString()),
                List.of("--config=" + secret),
                List.of("--topology", secret.toString()),
                List.of("--like", secret.toString()),
                List.of("--like", "planetlab", "--data", directory.toString()))) {
            RefusedException refusal = assertThrows(
                    RefusedException.class, () -> OfferedOptions.read(offer(words.toArray(String[]::new)), kept));
            assertTrue(
                    String.valueOf(refusal.getMessage()).startsWith("[FS439] it reads no file of its own for others: "),
                    refusal::getMessage);
        }
        ParameterException unknown =
                assertThrows(ParameterException.class, () -> OfferedOptions.read(offer("@" + secret), kept));
        assertFalse(String.valueOf(unknown.getMessage()).contains("the-password"), unknown::getMessage);
        assertEquals(List.of(), kept);
    }
}
