"""Paper as a camera sees it: a page as a picture, its codes, a fold across them."""

import pypdfium2
import zxingcpp
from PIL import ImageDraw


def pictures(pdf, dpi):
    """The pages of a PDF as pictures in grey."""
    pages = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=dpi / 72).to_pil().convert("L") for page in pages]


def scanned(picture):
    """QR codes on a picture, from left to right."""
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    return sorted(found, key=lambda code: code.position.top_left.x)


def box(code):
    """Left, top, right and bottom of a code, without the white around it."""
    place = code.position
    corners = [place.top_left, place.top_right, place.bottom_right, place.bottom_left]
    across, down = [one.x for one in corners], [one.y for one in corners]
    return min(across), min(down), max(across), max(down)


def millimetres(code, dpi):
    """Width of a code on paper."""
    left, _top, right, _bottom = box(code)
    return (right - left) / dpi * 25.4


def folded(picture, code, height, dpi, width=0.5):
    """The page with a fold across a code: the ink is off over its width.

    :param float height: where it runs, 0 at the top of the code and 1 at its bottom
    :param float width: of the fold, in millimetres
    """
    copy = picture.copy()
    left, top, right, bottom = box(code)
    middle, half = top + (bottom - top) * height, width / 25.4 * dpi / 2
    line = [(left - 20, middle - half), (right + 20, middle + half)]
    ImageDraw.Draw(copy).rectangle(line, fill=255)
    return copy
