/**
 * Many seeds of one plan over several JVMs: the {@linkplain dev.foresail.steering.cluster.campaign.ClusterCampaign coordinator} hands them out and
 * plays some itself, {@linkplain dev.foresail.steering.cluster.campaign.CampaignService members} ask for more whenever they have nothing to do, and
 * what a lost member had not finished is done by others. A seed gives the same outcome wherever it is played.
 */
package dev.foresail.steering.cluster.campaign;
