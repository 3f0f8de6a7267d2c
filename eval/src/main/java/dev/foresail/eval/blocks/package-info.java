/**
 * Block distribution: a file goes from one node to all others over a mesh, block by block, as in Bullet' (Kostic et al., USENIX 2005) and
 * BitTorrent. Four forms share all but from whom a node asks for which block, and whether it may ask again: {@link dev.foresail.eval.blocks.RandomBlocks},
 * {@link dev.foresail.eval.blocks.RarestBlocks} and {@link dev.foresail.eval.blocks.SwitchOverBlocks} with the policy hard-coded,
 * {@link dev.foresail.eval.blocks.ExposedBlocks} with the choice exposed; and the experiment that compares them,
 * {@link dev.foresail.eval.blocks.BlockDistribution}.
 *
 * <p>Of Bullet' only the opening could be read here; its settings are as we remember them: 100 nodes, links of 2 Mbps and 5 to 200 ms that lose up
 * to 3 %, accesses of 6 Mbps, and every 20 s links lose half of their bandwidth.
 */
package dev.foresail.eval.blocks;
