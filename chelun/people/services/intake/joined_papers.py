"""Papers of holders whose files are joined: two of one kind, each named by a row of its leaf, are shown as one."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from chelun.people.models import Credential, Leaf
from chelun.people.services.intake.shelf import HOLDERS


def count_papers(holders: Collection[UUID]) -> set[UUID]:
    """Write down anew which papers of these holders are one, in each region where they are; all their papers.

    `holders` are all that are joined around somebody. The paper that was known first stands for the others, so that one
    that comes later changes nothing where it is not known.
    """
    held = Q(pk__in=[])
    for shelf in HOLDERS.values():
        held |= Q(**{f"{shelf.subject}__in": list(holders)})
    columns = [shelf.subject for shelf in HOLDERS.values()]
    papers = [
        (paper, next(filter(None, its)), kind, mark)
        for paper, kind, mark, *its in Credential.objects.filter(held).values_list(
            "id", "kind", "mark", *columns
        )
    ]
    Leaf.objects.filter(leaf__in=[paper for paper, *_ in papers]).delete()
    whole_of: dict[str, dict[UUID, UUID]] = defaultdict(dict)
    for home, leaf, whole in Leaf.objects.filter(leaf__in=list(holders)).values_list("home", "leaf", "whole"):
        whole_of[home][leaf] = whole
    made = []
    for home, wholes in whole_of.items():
        same: dict[tuple[UUID, str, str], list[UUID]] = defaultdict(list)
        for paper, holder, kind, mark in papers:
            if holder in wholes:
                same[wholes[holder], kind, mark].append(paper)
        several = [group for group in same.values() if len(group) > 1]
        made += [Leaf(home=home, leaf=paper, whole=min(group)) for group in several for paper in group]
    Leaf.objects.bulk_create(made)
    return {paper for paper, *_ in papers}
