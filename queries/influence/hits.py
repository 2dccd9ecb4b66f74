"""HITS authority over message ties: who is written to by those who write to such people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from queries.influence.sweeps import block_diagonal
from queries.influence.ties import Ties
from queries.influence.walks import TOLERANCE, Settled
from queries.people import Bools, Floats

__all__ = ["Authority"]

MOST_ROUNDS = 1_000


@dataclass(frozen=True, slots=True)
class Authority:
    """The principal eigenvector of AᵀA, A[sender, recipient] = weight, begun with the same value for all.

    One round takes hubs h = A a and authorities a = Aᵀ h, scaled to sum 1, in O(ties). The change per
    round falls with the ratio of the two largest eigenvalues; rounds end when it is below the tolerance,
    or after 1,000. Where no tie is left, all who count get the same.

    Source: Kleinberg, "Authoritative sources in a hyperlinked environment", Journal of the ACM 46 (1999).
    """

    ties: Ties
    counts: Bools

    def settled(self) -> Settled:
        """The shares on all ties, taken apart: nobody has a share of his own, all comes from senders."""
        ties = self.ties
        share = self.shares(ties.weight[None, :], TOLERANCE)[0]
        if not len(ties):
            return Settled(share, share, np.zeros(0))
        sent = ties.weight * share[ties.heard]
        hubs = np.bincount(ties.listener, weights=sent, minlength=ties.people)
        carried = ties.weight * hubs[ties.listener]
        carried /= carried.sum()
        share = np.bincount(ties.heard, weights=carried, minlength=ties.people).astype(np.float64)
        return Settled(share, np.zeros(ties.people), carried)

    def shares(self, weight: Floats, tolerance: float) -> Floats:
        """The shares for each row of weights, as (rows, people); entries of weight 0 are not there."""
        rows, people = len(weight), self.ties.people
        to_heard = block_diagonal(weight, self.ties)
        to_listener = to_heard.T.tocsr()
        flat = self.counts / max(int(self.counts.sum()), 1)
        share = np.tile(flat, (rows, 1))
        for _ in range(MOST_ROUNDS):
            heard = (to_heard @ (to_listener @ share.ravel())).reshape(rows, people)
            total = heard.sum(axis=1, keepdims=True)
            now = np.where(total > 0, heard / np.where(total > 0, total, 1), flat)
            change = np.abs(now - share).sum(axis=1).max(initial=0.0)
            share = now
            if change <= tolerance:
                break
        return share
