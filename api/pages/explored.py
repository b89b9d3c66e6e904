"""The address of the explorer with a view that begins with some things; its fragment is read by `view.ts`."""

from collections.abc import Sequence

from api.place import Place


def explored(place: Place, ids: Sequence[str]) -> str:
    """Each of them a start, the first one chosen; empty without any."""
    if not ids:
        return ""
    steps = [f"start={id}" for id in ids]
    return f"{place.link(f'{place.base}explorer')}#{'&'.join([*steps, f'at={ids[0]}'])}"
