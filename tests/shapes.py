"""Validates graphs against ontology/shapes.ttl, and shows that every constraint there catches what it is for.

    pip install pyshacl
    python tests/shapes.py TUPU GRAPH.ttl …

TUPU is the program; the graphs are as `tupu export turtle` writes them. They must hold without a violation. Then a good
graph, with facts of every type, is broken once for every constraint: exactly that constraint must report it. A constraint
that no case breaks is a mistake, and so is a case that no constraint reports. Exits with 1 and a message on the first
mistake.
"""

import collections
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import pyshacl
import rdflib
from rdflib import RDF, RDFS, SKOS, XSD, BNode, Literal, Namespace, URIRef
from rdflib.collection import Collection

ONTOLOGY = pathlib.Path(__file__).parent.parent / "ontology"
BASE = "https://w3id.org/tupu/kg/"
NIF = Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
ITS = Namespace("http://www.w3.org/2005/11/its/rdf#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
PROV = Namespace("http://www.w3.org/ns/prov#")
QUDT = Namespace("http://qudt.org/schema/qudt/")
SCHEMA = Namespace("https://schema.org/")
SH = Namespace("http://www.w3.org/ns/shacl#")
SHAPE = Namespace("https://w3id.org/tupu/shapes#")
TUPU = Namespace("https://w3id.org/tupu/ontology#")

# What says something of a shape without being a constraint, and what is one.
ABOUT = "path property targetClass targetNode targetSubjectsOf targetObjectsOf message severity ignoredProperties prefixes select".split()
CONSTRAINTS = (
    "class closed datatype equals in lessThan lessThanOrEquals maxCount maxInclusive minCount minInclusive minLength "
    "nodeKind or pattern sparql"
).split()
# What may stand within a constraint or a path.
INSIDE = "alternativePath class datatype inversePath namespace prefix".split()

# Offsets and numbers are compared as they are written.
rdflib.NORMALIZE_LITERALS = False


def name(iri):
    return str(iri).rsplit("#", 1)[-1]


def constraints(shapes):
    """Every constraint of the shapes: the shape by its name, and the kind."""
    found = set()
    for subject, predicate, object in shapes:
        if not predicate.startswith(SH):
            continue
        kind = name(predicate)
        if isinstance(subject, BNode):
            if kind not in INSIDE:
                sys.exit(f"shapes: sh:{kind} stands in a shape without a name")
        elif kind in CONSTRAINTS:
            found.add((name(subject), kind))
        elif kind not in ABOUT and kind != "declare":
            sys.exit(f"shapes: sh:{kind} of {subject} is neither known as a constraint nor as anything else")
    return found


def report(graph, shapes):
    """The results of validating: the node, the constraint, and whether it is a warning only."""
    _, results, _ = pyshacl.validate(graph, shacl_graph=shapes, inference="none")
    for result in results.subjects(RDF.type, SH.ValidationResult):
        kind = name(results.value(result, SH.sourceConstraintComponent)).removesuffix("ConstraintComponent")
        kind = "sparql" if kind == "SPARQL" else kind[0].lower() + kind[1:]
        # A SPARQL constraint is asked once of the whole graph, and gives what breaks it as the value.
        node = results.value(result, SH.value if kind == "sparql" else SH.focusNode)
        warning = results.value(result, SH.resultSeverity) == SH.Warning
        yield node, (name(results.value(result, SH.sourceShape)), kind), warning


def validate(path, shapes):
    started = time.monotonic()
    graph = rdflib.Graph().parse(path, format="turtle")
    violations, warnings = [], 0
    for node, constraint, warning in report(graph, shapes):
        warnings += warning
        if not warning:
            violations.append((str(node), constraint))
    if violations:
        told = "\n".join(f"  {node} breaks {shape} ({kind})" for node, (shape, kind) in sorted(violations)[:20])
        sys.exit(f"{path}: {len(violations)} violations\n{told}")
    print(f"{path}: {len(graph)} triples hold, {warnings} warnings, {time.monotonic() - started:.1f} s")


# Good graphs: what the program makes of annotations that have a fact of every type, each role of which is filled.


def roles(shapes, ontology):
    """The roles of every fact type, each with the types that fill it, or "text", "money", "count"."""
    money = set(shapes.objects(SHAPE.Money, SH.targetObjectsOf))
    types = {}
    for shape, kind in shapes.subject_objects(SH.targetClass):
        if not shape.startswith(SHAPE["type-"]):
            continue
        fills = types[name(kind)] = {}
        for role in (shapes.value(prop, SH.path) for prop in shapes.objects(shape, SH.property)):
            if (role, RDF.type, OWL.DatatypeProperty) in ontology:
                fills[name(role)] = "text"
            elif (role, SCHEMA.rangeIncludes, QUDT.QuantityValue) in ontology:
                fills[name(role)] = "money" if role in money else "count"
            else:
                fills[name(role)] = sorted(name(kind) for kind in ontology.objects(role, SCHEMA.rangeIncludes))
    return dict(sorted(types.items()))


def annotation(id, kind, fills, modality):
    """A document with one fact, whose first filler stands before the words that state it."""
    text, entities, fillers = "", [], []

    def write(words):
        nonlocal text
        text += words
        return {"start": len(text) - len(words), "end": len(text)}

    def entity(kind, words, *mentions):
        entities.append({"id": f"e{len(entities)}", "type": kind, "name": words, "mentions": [write(words), *mentions]})
        return entities[-1]

    # Texts that differ in a number are no reprints of each other.
    write(f"{len(modality)}号旁观的")
    entity("Place", "远山镇", write("远山"))
    begin = None
    for role, accepted in sorted(fills.items()):
        if accepted in ("money", "count"):
            unit = {"currency": "CNY"} if accepted == "money" else {"unit": "例"}
            fillers.append({"role": role, "value": {"value": 12, **unit}})
        elif accepted == "text":
            fillers.append({"role": role, "value": "某事"})
        else:
            for nth in "一二":
                filler = entity(accepted[0], f"{accepted[0]}{role}第{nth}")
                place = filler["mentions"][0]
                fillers.append({"role": role, "entity": filler["id"], **place})
                if begin is None:
                    fillers[-1]["elided"] = True
                    fillers[-1]["quantity"] = {"value": 3, "unit": "个", "bound": "over"}
                    begin = write("。")["end"]
    fillers.append({"role": "time", "value": "2020-01/2020-02"})
    trigger = write("某动词")
    evidence = {"start": begin, "end": len(text)}
    fact = {"id": "f", "type": kind, "trigger": trigger, "evidence": evidence, "roles": fillers}
    fact |= {"modality": modality, "confidence": 0.5, "by": "test"}
    head = {"id": id, "title": "题目", "published": "2020-02-10", "source": "https://example.org/1"}
    head |= {"url": "https://example.org/1.html", "author": "某记者"}
    if modality == "actual":
        head["reprints"] = [{"id": f"again-{id}", "title": "题目"}]
    return {**head, "text": text, "entities": entities, "facts": [fact]}


def good_graphs(tupu, types):
    """The triples of a document for every fact type, planned and actual."""
    documents = [
        annotation(f"{modality}-{kind}", kind, fills, modality)
        for kind, fills in types.items()
        for modality in ("planned", "actual")
    ]
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "good.jsonl"
        file.write_text("".join(json.dumps(d, ensure_ascii=False) + "\n" for d in documents), encoding="utf-8")
        run = lambda *arguments: subprocess.run([tupu, *arguments, "--kg", f"{folder}/kg"], check=True, stdout=subprocess.DEVNULL)
        run("load", str(file))
        run("export", "nquads", "-o", f"{folder}/good.nq")
        dataset = rdflib.Dataset()
        dataset.parse(f"{folder}/good.nq", format="nquads")
    graphs = {}
    for graph in dataset.graphs():
        if str(graph.identifier).startswith(BASE + "doc/"):
            graphs[str(graph.identifier).removeprefix(BASE + "doc/")] = list(graph)
    if len(graphs) != len(documents):
        sys.exit(f"{len(documents)} annotations became {len(graphs)} graphs")
    return graphs


class Case:
    """A copy of a good graph under a base of its own, to be broken."""

    def __init__(self, triples, base):
        self.base = base
        self.triples = {tuple(self.moved(term, BASE, base) for term in triple) for triple in triples}
        self.fact = self.one(None, RDF.type, TUPU.Fact)[0]
        self.document = self.one(None, RDF.type, NIF.Context)[0]
        self.words = self.one(self.fact, PROV.wasDerivedFrom, None)[2]
        self.argument = self.one(None, TUPU.role, None)[0]
        self.elsewhere = self.one(self.argument, PROV.wasDerivedFrom, None)[2]
        self.quantity = self.one(self.fact, TUPU.quantity, None)[2]
        self.bystander = self.one(None, TUPU.name, Literal("远山镇"))[0]

    @property
    def reprint(self):
        return self.one(None, RDF.type, TUPU.Reprint)[0]

    @staticmethod
    def moved(term, old, new):
        return URIRef(new + term[len(old) :]) if isinstance(term, URIRef) and term.startswith(old) else term

    def all(self, s, p, o):
        return sorted(t for t in self.triples if all(a is None or a == b for a, b in zip((s, p, o), t)))

    def one(self, s, p, o):
        return self.all(s, p, o)[0]

    def object(self, s, p):
        return self.one(s, p, None)[2]

    def add(self, *triple):
        if triple in self.triples:
            sys.exit(f"a case adds what is there: {triple}")
        self.triples.add(triple)

    def drop(self, s, p=None, o=None):
        dropped = self.all(s, p, o)
        if not dropped:
            sys.exit(f"a case drops what is not there: {s} {p} {o}")
        self.triples.difference_update(dropped)

    def set(self, s, p, o):
        self.drop(s, p)
        self.add(s, p, o)

    def rename(self, old, new):
        """Gives a node another name, with all that stands below it."""
        self.triples = {tuple(new if t == old else self.moved(t, old, new) for t in triple) for triple in self.triples}
        return new

    def second_document(self):
        other = URIRef(self.base + "doc/other")
        self.add(other, RDF.type, NIF.Context)
        self.add(other, RDF.type, SCHEMA.NewsArticle)
        return other

    def place(self, phrase, document, begin, end, words):
        """Moves a phrase."""
        phrase = self.rename(phrase, URIRef(f"{document}#char={begin},{end}"))
        self.set(phrase, NIF.referenceContext, document)
        self.set(phrase, NIF.beginIndex, Literal(begin))
        self.set(phrase, NIF.endIndex, Literal(end))
        self.set(phrase, NIF.anchorOf, Literal(words, lang="zh"))


CASES = {}


def case(shape, kind, on="planned-Donation"):
    def remember(mutation):
        if (shape, kind) in CASES:
            sys.exit(f"two cases for {shape} {kind}")
        CASES[shape, kind] = (on, mutation)
        return mutation

    return remember


def zh(words):
    return Literal(words, lang="zh")


def counted(shape, node, predicate, another, least=True):
    """At least one, at most one."""
    if least:
        case(shape, "minCount")(lambda c: c.drop(node(c), predicate))
    case(shape, "maxCount")(lambda c: c.add(node(c), predicate, another(c)))


def instead(shape, kind, node, predicate, value):
    """Another value than the one that is there."""
    case(shape, kind)(lambda c: c.set(node(c), predicate, value(c) if callable(value) else value))


def as_type(datatype):
    """The value that is there, as another datatype."""
    return lambda node, predicate: lambda c: c.set(
        node(c), predicate, Literal(str(c.object(node(c), predicate)), datatype=datatype)
    )


document = lambda c: c.document
words = lambda c: c.words
elsewhere = lambda c: c.elsewhere
bystander = lambda c: c.bystander
fact = lambda c: c.fact
quantity = lambda c: c.quantity
argument = lambda c: c.argument
money = lambda c: c.object(c.fact, TUPU.amount)

# Documents
case("Document", "pattern")(lambda c: c.rename(c.document, URIRef(c.base + "article/1")))
case("Document", "closed")(lambda c: c.add(c.document, SCHEMA.editor, Literal("某编辑")))
case("Document-type", "minCount")(lambda c: c.drop(c.document, RDF.type, SCHEMA.NewsArticle))


@case("Document-type", "in")
def _(c):
    c.drop(c.document, RDF.type, SCHEMA.NewsArticle)
    c.add(c.document, RDF.type, SCHEMA.Article)


counted("Document-headline", document, SCHEMA.headline, lambda c: zh("又一题目"), least=False)
instead("Document-headline", "datatype", document, SCHEMA.headline, Literal("题目"))
counted("Document-published", document, SCHEMA.datePublished, lambda c: Literal("2020-02"), least=False)
instead("Document-published", "or", document, SCHEMA.datePublished, Literal("2020-02-10T00:00:00", datatype=XSD.dateTime))
case("Document-source", "maxCount")(lambda c: c.add(c.document, SCHEMA.publisher, Literal("报纸")))
instead("Document-primary", "nodeKind", document, PROV.hadPrimarySource, Literal("报纸"))


@case("Document-publisher", "datatype")
def _(c):
    c.drop(c.document, PROV.hadPrimarySource)
    c.add(c.document, SCHEMA.publisher, zh("报纸"))


counted("Document-url", document, SCHEMA.url, lambda c: Literal("https://example.org/2.html"), least=False)
instead("Document-url", "datatype", document, SCHEMA.url, zh("网页"))
counted("Document-author", document, SCHEMA.author, lambda c: Literal("又一记者"), least=False)
instead("Document-author", "datatype", document, SCHEMA.author, zh("某记者"))

reprint = lambda shape, kind: case(shape, kind, on="actual-Donation")
reprint("Reprint", "pattern")(lambda c: c.rename(c.reprint, URIRef(c.base + "article/1")))
reprint("Reprint", "closed")(lambda c: c.add(c.reprint, SCHEMA.editor, Literal("某编辑")))
reprint("Reprint-type", "in")(lambda c: c.add(c.reprint, RDF.type, SCHEMA.Article))
reprint("Reprint-of", "minCount")(lambda c: c.drop(c.reprint, TUPU.reprintOf))
reprint("Reprint-of", "maxCount")(lambda c: c.add(c.reprint, TUPU.reprintOf, c.second_document()))
reprint("Reprint-of", "class")(lambda c: c.set(c.reprint, TUPU.reprintOf, c.fact))


# Words of a text
case("Phrase", "closed")(lambda c: c.add(c.words, NIF.isString, Literal("又一串")))
case("Phrase-type", "maxCount")(lambda c: c.add(c.words, RDF.type, NIF.Sentence))
counted("Phrase-begin", words, NIF.beginIndex, lambda c: Literal(int(c.object(c.words, NIF.beginIndex)) + 1))
case("Phrase-begin", "datatype")(as_type(XSD.int)(words, NIF.beginIndex))
case("Phrase-begin", "lessThan")(lambda c: c.place(c.words, c.document, 5, 5, ""))
counted("Phrase-end", words, NIF.endIndex, lambda c: Literal(int(c.object(c.words, NIF.endIndex)) + 1))
case("Phrase-end", "datatype")(as_type(XSD.int)(words, NIF.endIndex))
counted("Phrase-words", words, NIF.anchorOf, lambda c: zh("别的词语"))
case("Phrase-words", "datatype")(as_type(XSD.string)(words, NIF.anchorOf))
counted("Phrase-document", elsewhere, NIF.referenceContext, lambda c: c.second_document())
case("Phrase-document", "class")(lambda c: c.place(c.elsewhere, URIRef(c.base + "doc/absent"), 0, 2, "旁观"))
case("Phrase-entity", "nodeKind")(lambda c: c.add(c.words, ITS.taIdentRef, Literal("远山镇")))
case("Phrase-place", "sparql")(lambda c: c.rename(c.words, URIRef(f"{c.document}#char=900,901")))
case("Phrase-length", "sparql")(lambda c: c.set(c.words, NIF.anchorOf, zh("短")))

# Entities
case("Entity", "nodeKind")(lambda c: c.rename(c.bystander, BNode()))
case("EntityTerms", "closed")(lambda c: c.add(c.bystander, RDFS.comment, zh("一个镇")))
case("Entity-type", "maxCount")(lambda c: c.add(c.bystander, RDF.type, TUPU.Work))
counted("Entity-name", bystander, TUPU.name, lambda c: Literal("远山"))
instead("Entity-name", "datatype", bystander, TUPU.name, zh("远山镇"))
instead("Entity-name", "minLength", bystander, TUPU.name, Literal(""))
counted("Entity-label", bystander, RDFS.label, lambda c: zh("远山"))
instead("Entity-label", "datatype", bystander, RDFS.label, Literal("远山镇"))
case("Entity-other", "datatype")(lambda c: c.add(c.bystander, SKOS.altLabel, Literal("小镇")))
case("Entity-under", "nodeKind")(lambda c: c.add(c.bystander, TUPU.under, Literal("远山县")))
case("Entity-code", "maxCount")(lambda c: [c.add(c.bystander, TUPU.code, Literal(code)) for code in ("420000", "420100")])
case("Entity-code", "datatype")(lambda c: c.add(c.bystander, TUPU.code, Literal("420000", datatype=XSD.integer)))
case("Entity-code", "pattern")(lambda c: c.add(c.bystander, TUPU.code, Literal("42")))


@case("Wider", "nodeKind")
def _(c):
    wider = BNode()
    c.add(wider, RDF.type, SKOS.Concept)
    c.add(wider, TUPU.name, Literal("远山"))
    c.add(wider, RDFS.label, zh("远山"))


case("Entity-outside", "nodeKind")(lambda c: c.add(c.bystander, SCHEMA.sameAs, Literal("Q1")))

# Facts
case("Fact", "pattern")(lambda c: c.rename(c.fact, URIRef(c.base + "fact/1")))
case("Fact-type", "minCount")(lambda c: c.drop(c.fact, RDF.type, TUPU.Donation))


@case("Fact-type", "maxCount")
def _(c):
    # Fundraising has the other roles of a donation too.
    c.drop(c.fact, TUPU.purpose)
    c.add(c.fact, RDF.type, TUPU.Fundraising)


@case("Fact-kind", "in")
def _(c):
    c.drop(c.fact, RDF.type, TUPU.Donation)
    c.add(c.fact, RDF.type, TUPU.Donations)


counted("Fact-label", fact, RDFS.label, lambda c: zh("又一行"))
instead("Fact-label", "datatype", fact, RDFS.label, Literal("一行"))
counted("Fact-polarity", fact, TUPU.polarity, lambda c: Literal("negative"))
instead("Fact-polarity", "in", fact, TUPU.polarity, Literal("no"))
counted("Fact-modality", fact, TUPU.modality, lambda c: Literal("possible"))
instead("Fact-modality", "in", fact, TUPU.modality, Literal("future"))
counted("Fact-confidence", fact, TUPU.confidence, lambda c: Literal("0.6", datatype=XSD.decimal), least=False)
instead("Fact-confidence", "or", fact, TUPU.confidence, Literal("0.5", datatype=XSD.double))
instead("Fact-confidence", "minInclusive", fact, TUPU.confidence, Literal("-0.1", datatype=XSD.decimal))
instead("Fact-confidence", "maxInclusive", fact, TUPU.confidence, Literal("1.1", datatype=XSD.decimal))
counted("Fact-by", fact, TUPU.by, lambda c: Literal("又一人"), least=False)
instead("Fact-by", "datatype", fact, TUPU.by, zh("某人"))
case("Fact-evidence", "minCount")(lambda c: c.drop(c.fact, PROV.wasDerivedFrom))
case("Fact-evidence", "or")(lambda c: c.add(c.fact, PROV.wasDerivedFrom, c.bystander))


@case("Fact-document", "maxCount")
def _(c):
    c.place(c.elsewhere, c.second_document(), 0, 2, "旁观")
    c.add(c.fact, PROV.wasDerivedFrom, c.object(c.argument, PROV.wasDerivedFrom))


case("Fact-involves", "or")(lambda c: c.drop(c.object(c.fact, TUPU.recipient), RDF.type))
case("Fact-entities", "equals")(lambda c: c.drop(c.fact, TUPU.involves, c.object(c.fact, TUPU.recipient)))
case("Fact-counted", "equals")(lambda c: c.set(c.quantity, TUPU.of, c.bystander))


@case("Fact-fillers", "minCount")
def _(c):
    kept = c.object(c.fact, TUPU.recipient)
    for node in [c.argument, c.quantity, money(c)]:
        c.drop(node)
    for role in "amount donor involves item place purpose quantity recipient time from to".split():
        c.drop(c.fact, TUPU[role])
    c.add(c.fact, TUPU.recipient, kept)
    c.add(c.fact, TUPU.involves, kept)


instead("Fact-time", "datatype", fact, TUPU.time, Literal("2020-01", datatype=XSD.gYearMonth))
instead("Fact-time", "pattern", fact, TUPU.time, Literal("近日"))


@case("Fact-day", "datatype")
def _(c):
    c.set(c.fact, TUPU["from"], Literal("2020-01-01"))
    c.set(c.fact, TUPU.to, Literal("2020-02-29"))


day = lambda text: Literal(text, datatype=XSD.date)
counted("Fact-from", fact, TUPU["from"], lambda c: day("2020-01-02"), least=False)
instead("Fact-from", "lessThanOrEquals", fact, TUPU["from"], day("2020-03-01"))
counted("Fact-to", fact, TUPU.to, lambda c: day("2020-03-01"), least=False)
case("Dated-from", "minCount")(lambda c: c.drop(c.fact, TUPU["from"]))
case("Dated-to", "minCount")(lambda c: c.drop(c.fact, TUPU.to))
case("Dated-time", "minCount")(lambda c: c.drop(c.fact, TUPU.time))

# Quantities
case("Quantity", "closed")(lambda c: c.add(c.quantity, RDFS.comment, zh("很多")))
counted("Quantity-number", quantity, QUDT.numericValue, lambda c: Literal(4))
instead("Quantity-number", "or", quantity, QUDT.numericValue, Literal("3", datatype=XSD.double))
counted("Quantity-label", quantity, RDFS.label, lambda c: zh("又一行"))
instead("Quantity-label", "datatype", quantity, RDFS.label, Literal("3 个"))
counted("Quantity-unit", quantity, TUPU.unit, lambda c: Literal("箱"), least=False)
instead("Quantity-unit", "datatype", quantity, TUPU.unit, zh("个"))
counted("Quantity-currency", money, TUPU.currency, lambda c: Literal("USD"), least=False)
instead("Quantity-currency", "datatype", money, TUPU.currency, Literal("CNY", lang="en"))
instead("Quantity-currency", "pattern", money, TUPU.currency, Literal("元"))
counted("Quantity-bound", quantity, TUPU.bound, lambda c: Literal("about"), least=False)
instead("Quantity-bound", "in", quantity, TUPU.bound, Literal("many"))
counted("Quantity-of", quantity, TUPU.of, lambda c: c.object(c.fact, TUPU.recipient), least=False)
case("Quantity-words", "class")(lambda c: c.add(c.quantity, PROV.wasDerivedFrom, c.bystander))
case("Counting-of", "minCount")(lambda c: c.drop(c.quantity, TUPU.of))
case("Money-currency", "minCount")(lambda c: c.drop(money(c), TUPU.currency))
case("Number-fact", "minCount")(lambda c: c.add(URIRef(c.base + "fact/0/item/1"), QUDT.numericValue, Literal(3)))
case("Number-fact", "maxCount")(lambda c: c.add(URIRef(c.base + "fact/0"), TUPU.quantity, c.quantity))

# Where a filler stands
case("Argument", "closed")(lambda c: c.add(c.argument, RDFS.comment, zh("省略")))
counted("Argument-role", argument, TUPU.role, lambda c: TUPU.item)
counted("Argument-filler", argument, TUPU.filler, lambda c: c.bystander)
counted("Argument-elided", argument, TUPU.elided, lambda c: Literal(False), least=False)
case("Argument-elided", "datatype")(as_type(XSD.string)(argument, TUPU.elided))
counted("Argument-words", argument, PROV.wasDerivedFrom, lambda c: c.words, least=False)
instead("Argument-words", "class", argument, PROV.wasDerivedFrom, bystander)
instead("Argument-fact", "sparql", argument, TUPU.filler, bystander)


def cases_of_frames(shapes, types):
    """The constraints that are made of frames are broken by what they are made of."""
    kinds = [name(kind) for kind in shapes.objects(SHAPE.Entity, SH.targetClass)]
    having = {}
    for kind, fills in types.items():
        on = f"planned-{kind}"
        case(f"type-{kind}", "closed", on)(lambda c: c.add(c.fact, TUPU.weather, Literal("晴")))
        for role, accepted in fills.items():
            having.setdefault(role, (on, accepted))
    for role, (on, accepted) in having.items():
        if accepted == "text":
            case(f"role-{role}", "datatype", on)(lambda c, role=TUPU[role]: c.set(c.fact, role, zh("某事")))
        elif accepted not in ("money", "count"):
            other = next(kind for kind in kinds if kind not in accepted)
            case(f"role-{role}", "or", on)(
                lambda c, role=TUPU[role], other=TUPU[other]: c.set(c.object(c.fact, role), RDF.type, other)
            )
    for constraint in shapes.subjects(SH.sparql):
        first, *rest = name(constraint).split("-")
        if first == "draws":
            kind, edge = rest
            case(name(constraint), "sparql", f"actual-{kind}")(
                lambda c, edge=TUPU[edge]: c.triples.remove(c.one(None, edge, None))
            )
        elif first == "rests":
            # Between two that are there, as a fact would draw it which is not planned.
            case(name(constraint), "sparql")(
                lambda c, edge=TUPU[rest[0]]: c.add(c.object(c.fact, TUPU.donor), edge, c.object(c.fact, TUPU.item))
            )


def break_everything(tupu, shapes, ontology):
    started = time.monotonic()
    types = roles(shapes, ontology)
    graphs = good_graphs(tupu, types)
    cases_of_frames(shapes, types)
    wanted = constraints(shapes)
    if wanted != CASES.keys():
        lacking, idle = sorted(wanted - CASES.keys()), sorted(CASES.keys() - wanted)
        sys.exit(f"constraints that no case breaks: {lacking}; cases of no constraint: {idle}")
    # All cases stand in one graph, each under a base of its own, and the good graphs as they are.
    graph = rdflib.Graph()
    for triples in graphs.values():
        for triple in triples:
            graph.add(triple)
    blank = {}
    for nth, (constraint, (on, mutation)) in enumerate(CASES.items()):
        broken = Case(graphs[on], f"https://example.org/{nth}/")
        mutation(broken)
        for triple in broken.triples:
            graph.add(triple)
            if isinstance(triple[0], BNode):
                blank[triple[0]] = nth
    found = collections.defaultdict(lambda: (set(), set()))
    for node, constraint, warning in report(graph, shapes):
        nth = blank[node] if isinstance(node, BNode) else str(node).removeprefix("https://example.org/").split("/")[0]
        found[str(nth)][warning].add(constraint)
    mistakes = [f"a good graph breaks {sorted(v | w)}" for nth, (v, w) in found.items() if not nth.isdigit()]
    for nth, constraint in enumerate(CASES):
        violations, warnings = found[str(nth)]
        # What breaks a rule may be unusual besides; what is only unusual breaks none.
        if violations != {constraint} and (violations or warnings != {constraint}):
            mistakes.append(f"the case of {constraint} is reported by {sorted(violations) or sorted(warnings)}")
    if mistakes:
        sys.exit("\n".join(mistakes))
    took = time.monotonic() - started
    print(f"{len(CASES)} constraints, each broken once and reported by itself alone: {len(graph)} triples, {took:.1f} s")


def check_entailments(tupu, shapes, ontology):
    """What a reasoner would draw from the ontology gives no node a second class of tupu's: it rests on nothing."""
    graph = [t for triples in good_graphs(tupu, roles(shapes, ontology)).values() for t in triples]
    said = {(s, o) for s, p, o in graph if p == RDF.type}
    for s, p, o in graph:
        above = set(ontology.transitive_objects(p, RDFS.subPropertyOf))
        said |= {(s, kind) for q in above for kind in ontology.objects(q, RDFS.domain)}
        said |= {(o, kind) for q in above for kind in ontology.objects(q, RDFS.range)}
    stated = {(s, o) for s, p, o in graph if p == RDF.type}
    drawn = {(s, kind) for s, o in said for kind in ontology.transitive_objects(o, RDFS.subClassOf)}
    own = sorted((s, o) for s, o in drawn - stated if o.startswith(TUPU) and o != TUPU.Role)
    if own:
        sys.exit(f"the ontology gives nodes classes that the graph does not state: {own[:5]}")


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    tupu, graphs = sys.argv[1], sys.argv[2:]
    shapes = rdflib.Graph().parse(ONTOLOGY / "shapes.ttl", format="turtle")
    ontology = rdflib.Graph().parse(ONTOLOGY / "tupu.ttl", format="turtle")
    check_entailments(tupu, shapes, ontology)
    break_everything(tupu, shapes, ontology)
    for path in graphs:
        validate(path, shapes)


if __name__ == "__main__":
    main()
