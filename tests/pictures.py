"""Draws a network with the programs that its files are for, and checks that nothing was lost or covered on the way.

    pip install networkx igraph pydot
    apt-get install graphviz chromium fonts-noto-cjk
    tupu export graphml -o FOLDER/graph.graphml; tupu export graphml --profile yed -o FOLDER/yed.graphml
    tupu export dot -o FOLDER/graph.dot; tupu export svg -o FOLDER/graph.svg
    python tests/pictures.py FOLDER

The folder holds one network as graph.graphml, graph.dot (read by Graphviz and by networkx), yed.graphml (read by
networkx) and graph.svg (drawn by Chromium, as a browser without a window). Exits with 1 and a message where a name, an
attribute or a place differs from what graph.graphml says, or where words cover each other or leave the picture.
"""

import html
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

import networkx
from exports import GRAPHML, same, stated_in_graphml

SVG = "{http://www.w3.org/2000/svg}"
YED = "{http://www.yworks.com/xml/graphml}"
# Those of yEd that stand for types.
SHAPES = "ellipse hexagon rectangle triangle diamond trapezoid star5 octagon roundrectangle".split()
# What two words may share in pixels: the boxes of characters are rounded.
HAIR = 0.5
MEASURE = """
const boxes = [...document.querySelectorAll('text')].map(text => {
  const box = text.getBBox();
  return {words: text.textContent, x: box.x, y: box.y, width: box.width, height: box.height};
});
document.getElementById('boxes').textContent = JSON.stringify(boxes);
"""


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: {done.stderr[-500:]}")
    return done


def called(name):
    """The name of an attribute in DOT: pydot takes `name` for its own."""
    return "fullname" if name == "name" else name


def in_dot(value):
    """A value as DOT holds it: no carriage returns and control characters."""
    return "".join(c for c in str(value) if c in "\n\t" or not (ord(c) < 32 or 127 <= ord(c) < 160))


def plain(value):
    """What DOT holds between quotes: line breaks are drawn at \\n, backslashes are doubled, entities are escaped."""
    signs = {"\\n": "\n", "\\\\": "\\", '\\"': '"', "&amp;": "&"}
    return re.sub(r'\\n|\\\\|\\"|&amp;', lambda found: signs[found[0]], value)


def number_or_text(value, like):
    return type(like)(float(value)) if isinstance(like, int) else type(like)(value)


def check_graphviz(path, nodes, edges):
    done = run("dot", "-Tjson", str(path))
    same("Graphviz: warnings", done.stderr, "")
    graph = json.loads(done.stdout)
    same("Graphviz: directed", graph["directed"], stated_directed)
    objects = graph["objects"]
    same("Graphviz: nodes", {each["name"] for each in objects}, set(nodes))
    for each in objects:
        values = nodes[each["name"]]
        drawn = "\n".join(part["text"] for part in each.get("_ldraw_", []) if part["op"] == "T")
        # Of lines without words Graphviz draws none; it draws no spaces at their ends either.
        words = lambda text: [line.strip() for line in text.split("\n") if line.strip()]
        same("Graphviz: words drawn", words(drawn), words(in_dot(values["label"])))
        attributes(each, values, f"Graphviz: {each['name']}")
    drawn = graph.get("edges", [])
    same("Graphviz: edges", len(drawn), len(edges))
    for each in drawn:
        source, target, values = edges[each["id"]]
        same("Graphviz: ends", (objects[each["tail"]]["name"], objects[each["head"]]["name"]), (source, target))
        attributes(each, values, f"Graphviz: {each['id']}")


def attributes(found, values, where):
    for name, value in values.items():
        # Graphviz says nothing of attributes that are empty.
        text = found.get(called(name), "")
        got = number_or_text(text, value) if not isinstance(value, str) else unescaped(text, name)
        same(f"{where}: {name}", got, value if not isinstance(value, str) else in_dot(value))


def unescaped(text, name):
    """Only in labels line breaks and `&` are written as what is drawn."""
    return plain(text) if name == "label" else re.sub(r'\\([\\"])', r"\1", text)


def check_pydot(path, nodes, edges):
    graph = networkx.nx_pydot.read_dot(path)
    same("pydot: directed", graph.is_directed(), stated_directed)
    strip = lambda text: text[1:-1] if text.startswith('"') else text
    found = {strip(node): values for node, values in graph.nodes(data=True) if node not in ("\\n", "\\r\\n")}
    same("pydot: nodes", set(found), set(nodes))
    for node, values in found.items():
        attributes({name: strip(value) for name, value in values.items()}, nodes[node], f"pydot: {node}")
    same("pydot: edges", graph.number_of_edges(), len(edges))


def check_yed(path, nodes, edges):
    graph = networkx.read_graphml(path, force_multigraph=True)
    same("yEd: directed", graph.is_directed(), stated_directed)
    root = xml.parse(path).getroot()
    places = {}
    for node in root.iter(GRAPHML + "node"):
        geometry = next(node.iter(YED + "Geometry"))
        places[node.get("id")] = tuple(float(geometry.get(name)) for name in ("x", "y", "width", "height"))
    for node, values in graph.nodes(data=True):
        place = (float(values.pop("x")), float(values.pop("y")))
        same(f"yEd: place of {node}", place, places[node][:2])
        if values.pop("shape_type") not in SHAPES:
            sys.exit(f"yEd: {node} has no shape that it knows")
        same(f"yEd: {node}", values, nodes[node])
    ends = (lambda *both: both) if stated_directed else (lambda *both: tuple(sorted(both)))
    found = {key: (ends(source, target), data) for source, target, key, data in graph.edges(keys=True, data=True)}
    same("yEd: edges", found, {key: (ends(source, target), data) for key, (source, target, data) in edges.items()})
    apart("yEd: nodes", [(node, *place) for node, place in places.items()])


def apart(what, boxes):
    """No two boxes overlap."""
    boxes = sorted(boxes, key=lambda box: box[1])
    for n, (name, x, y, width, height) in enumerate(boxes):
        for other, u, v, wide, high in boxes[n + 1 :]:
            if u >= x + width - HAIR:
                break
            if min(x + width, u + wide) - max(x, u) > HAIR and min(y + height, v + high) - max(y, v) > HAIR:
                sys.exit(f"{what}: {name!r} and {other!r} overlap")


def check_svg(path, nodes):
    root = xml.parse(path).getroot()
    groups = [group for group in root.iter(SVG + "g") if group.get("data-id")]
    drawn = {group.get("data-id"): group.find(SVG + "title").text for group in groups}
    same("SVG: nodes", set(drawn), set(nodes))
    for node, title in drawn.items():
        same(f"SVG: {node}", title.startswith(nodes[node]["label"] + "\n"), True)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("SVG: no Chromium to draw it with")
    picture = xml.tostring(root, encoding="unicode")
    with tempfile.TemporaryDirectory() as folder:
        page = pathlib.Path(folder, "page.xhtml")
        page.write_text(
            '<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>'
            f"{picture}<pre id='boxes'/><script><![CDATA[{MEASURE}]]></script></body></html>",
            encoding="utf-8",
        )
        flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
        dom = run(chromium, *flags, "--dump-dom", page.as_uri()).stdout
    boxes = json.loads(html.unescape(re.search(r'<pre id="boxes">(.*?)</pre>', dom, re.S)[1]))
    same("SVG: texts drawn", len(boxes), len(list(root.iter(SVG + "text"))))
    width, height = (float(number) for number in root.get("viewBox").split()[2:])
    for box in boxes:
        inside = box["x"] > -HAIR and box["y"] > -HAIR
        if not inside or box["x"] + box["width"] > width + HAIR or box["y"] + box["height"] > height + HAIR:
            sys.exit(f"SVG: {box['words']!r} leaves the picture")
    apart("SVG: words", [(box["words"], box["x"], box["y"], box["width"], box["height"]) for box in boxes])
    return len(boxes)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    nodes, edges = stated_in_graphml(folder / "graph.graphml")
    stated_directed = networkx.read_graphml(folder / "graph.graphml").is_directed()
    check_graphviz(folder / "graph.dot", nodes, edges)
    check_pydot(folder / "graph.dot", nodes, edges)
    check_yed(folder / "yed.graphml", nodes, edges)
    texts = check_svg(folder / "graph.svg", nodes)
    print(f"{folder}: {len(nodes)} nodes, {len(edges)} edges are the same everywhere; {texts} texts stand apart")
