"""What an add-on says about itself: manifest and the fragments in readme/."""

import ast
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

ROOT = Path(__file__).resolve().parents[2]
# fragment: title on README.rst and store page
FRAGMENTS = {
    "DESCRIPTION": "",
    "CONTEXT": "Use Cases / Context",
    "INSTALL": "Installation",
    "CONFIGURE": "Configuration",
    "USAGE": "Usage",
    "DEVELOP": "Development",
    "ROADMAP": "Known issues / Roadmap",
    "HISTORY": "Changelog",
}


@dataclass(frozen=True)
class Addon:
    """One add-on on disk."""

    folder: Path

    @property
    def name(self):
        return self.folder.name

    @property
    def manifest(self):
        return ast.literal_eval((self.folder / "__manifest__.py").read_text())

    def fragment(self, name):
        """A fragment as a tree of Markdown, None when there is none."""
        path = self.folder / "readme" / f"{name}.md"
        if not path.exists():
            return None
        return SyntaxTreeNode(markdown().parse(path.read_text()))

    def promises(self):
        """PROMISES.md as [(heading, [text of each bullet as a node])]."""
        tree = self.fragment("PROMISES")
        found = []
        for node in tree.children if tree else ():
            if node.type == "heading":
                found.append((node, []))
            elif found:
                found[-1][1].append(node)
        return found


def markdown():
    return MarkdownIt("commonmark").enable("table")


def addons():
    """Every add-on that we ship, in the order of their names."""
    paths = sorted((ROOT / "addons").glob("*/__manifest__.py"))
    return [Addon(path.parent) for path in paths]
