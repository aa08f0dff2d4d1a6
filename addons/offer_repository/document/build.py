"""From flowing content to the bytes of a PDF, letterhead and page numbers included."""

import io
from collections.abc import Iterable

from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from .model import OfferDocument, TableDocument
from .page import Headed, OfferCanvas, Paper, foot_height, head_height
from .style import MARGIN, Sheet, clean

_LATER_HEAD = 24 * mm


def build(
    document: OfferDocument | TableDocument,
    paper: Paper,
    sheet: Sheet,
    story: Iterable[Flowable],
) -> bytes:
    """Return the PDF; equal documents give equal bytes."""
    stream = io.BytesIO()
    template = BaseDocTemplate(
        stream,
        pagesize=(paper.width, paper.height),
        title=clean(document.title),
        author=clean(document.letterhead.name),
        lang=document.language,
        invariant=1,
    )
    template.addPageTemplates(
        [
            _page("first", head_height(document), document, paper),
            _page("later", _LATER_HEAD, document, paper),
        ]
    )
    values = {"document": document, "sheet": sheet, "paper": paper}
    canvas_class = type("_Canvas", (OfferCanvas,), values)
    template.build(list(story), canvasmaker=canvas_class)
    return stream.getvalue()


def _page(name: str, head: float, document: Headed, paper: Paper) -> PageTemplate:
    foot = foot_height(document)
    frame = Frame(
        MARGIN,
        foot,
        paper.content_width,
        paper.height - head - foot,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    return PageTemplate(id=name, frames=[frame])
