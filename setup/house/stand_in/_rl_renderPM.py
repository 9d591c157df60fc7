"""Draws ReportLab's bar codes and QR codes with Pillow.

ReportLab's own drawing module has no wheel for Python 3.13 and does not compile there
any more; the set-up puts this file in its place. It fills and strokes straight shapes,
which is what codes are made of, and writes the text below them in Pillow's own font.
"""

from PIL import Image, ImageColor, ImageDraw, ImageFont


class gstate:  # noqa: N801 - ReportLab looks for this name
    """A canvas with ReportLab's drawing state; the origin is at the bottom left."""

    def __init__(self, w, h, depth=3, bg=0xFFFFFF):
        self.width, self.height = w, h
        self.image = Image.new("RGB", (w, h), _rgb(bg))
        self.draw = ImageDraw.Draw(self.image)
        self.ctm = (1, 0, 0, 1, 0, 0)
        self.fillColor = self.strokeColor = 0
        self.strokeWidth, self.fillOpacity, self.strokeOpacity = 1, 1, 1
        self.lineCap = self.lineJoin = 0
        self.dashArray = None
        self.fillMode = self.textRenderMode = 0
        self.fontName, self.fontSize = "Courier", 10
        self.path = []

    @property
    def pixBuf(self):
        """The pixels, row by row from the top."""
        return self.image.tobytes()

    def _point(self, x, y):
        a, b, c, d, e, f = self.ctm
        return a * x + c * y + e, self.height - (b * x + d * y + f)

    # paths

    def pathBegin(self):
        """Forget the path so far."""
        self.path = []

    def moveTo(self, x, y):
        """Begin a stretch of the path."""
        self.path.append([self._point(x, y)])

    def lineTo(self, x, y):
        """Go on with a straight line."""
        if not self.path:
            self.path.append([])
        self.path[-1].append(self._point(x, y))

    def curveTo(self, x1, y1, x2, y2, x3, y3):
        """Go on with a straight line to the curve's end."""
        self.lineTo(x3, y3)

    def pathClose(self):
        """Go back to where the stretch began."""
        if self.path and self.path[-1]:
            self.path[-1].append(self.path[-1][0])

    def pathFill(self, mode=None):
        """Fill each stretch; an upright rectangle to the exact pixel."""
        if self.fillColor is None:
            return
        for points in self.path:
            xs, ys = {round(x) for x, _ in points}, {round(y) for _, y in points}
            if len(xs) == 2 and len(ys) == 2:
                box = (min(xs), min(ys), max(xs) - 1, max(ys) - 1)
                self.draw.rectangle(box, fill=_rgb(self.fillColor))
            elif len(points) > 2 and len(xs) > 1 and len(ys) > 1:
                self.draw.polygon(points, fill=_rgb(self.fillColor))

    def pathStroke(self):
        """Draw along each stretch."""
        if self.strokeColor is None or not self.strokeWidth:
            return
        width = max(1, round(self.strokeWidth * abs(self.ctm[0])))
        for points in self.path:
            self.draw.line(points, fill=_rgb(self.strokeColor), width=width)

    def clipPathSet(self):
        """Clipping is not needed for codes."""

    clipPathClear = clipPathAdd = clipPathSet

    # text

    def setFont(self, name, size):
        """Keep the size; the font is Pillow's own."""
        self.fontName, self.fontSize = name, size

    def drawString(self, x, y, text, *rest):
        """Write a text with its base line at y."""
        if self.fillColor is not None:
            font = ImageFont.load_default(max(6, self.fontSize * abs(self.ctm[3])))
            place = self._point(x, y)
            self.draw.text(place, text, _rgb(self.fillColor), font, anchor="ls")

    def _aapixbuf(self, *image):
        """Pictures inside a drawing are left out."""


def _rgb(color):
    if isinstance(color, str):
        return ImageColor.getrgb(color)
    color = int(color)
    return (color >> 16 & 255, color >> 8 & 255, color & 255)
