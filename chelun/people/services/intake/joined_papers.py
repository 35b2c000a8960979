"""Papers of persons whose files are joined: two of one kind, each named by a row of its leaf, are shown as one."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from chelun.people.models import Credential, Leaf


def count_papers(persons: Collection[UUID]) -> set[UUID]:
    """Write down anew which papers of these persons are one, in each region where they are; all their papers.

    `persons` are all that are joined around somebody. The paper that was known first stands for the others, so that one
    that comes later changes nothing where it is not known.
    """
    rows = Credential.objects.filter(person__in=list(persons)).values_list("id", "person", "kind", "mark")
    papers = list(rows)
    Leaf.objects.filter(leaf__in=[paper for paper, *_ in papers]).delete()
    whole_of: dict[str, dict[UUID, UUID]] = defaultdict(dict)
    for home, leaf, whole in Leaf.objects.filter(leaf__in=list(persons)).values_list("home", "leaf", "whole"):
        whole_of[home][leaf] = whole
    made = []
    for home, wholes in whole_of.items():
        same: dict[tuple[UUID, str, str], list[UUID]] = defaultdict(list)
        for paper, person, kind, mark in papers:
            if person in wholes:
                same[wholes[person], kind, mark].append(paper)
        several = [group for group in same.values() if len(group) > 1]
        made += [Leaf(home=home, leaf=paper, whole=min(group)) for group in several for paper in group]
    Leaf.objects.bulk_create(made)
    return {paper for paper, *_ in papers}
