package dev.foresail.predictor.campaign;

/** What was asked of a simulation cannot be; the message starts with a code that docs/errors explains. */
public final class CampaignException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * @param code the diagnostic's stable code, such as {@code FS224}
     * @param explanation what is wrong and what was expected
     */
    public CampaignException(String code, String explanation) {
        super("[" + code + "] " + explanation);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
