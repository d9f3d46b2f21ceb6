"""Who is who, word by word: each noun, name or pronoun with the entity whose mention it heads.

A sentence gets, for each token: `kind` (0 noun, 1 proper noun, 2 pronoun, -1 no candidate), `ent` (number of its entity in the document, or -1), `learn`
(0 nothing, 1 all, 2 only where an earlier mention of the entity is there, 3 a pronoun put in the place of a name: only names compete), and `words` (of the name that it heads)."""
import glob, re
from pathlib import Path
import engine, names

KIND = {"NOUN": 0, "PROPN": 1, "PRON": 2}
OLD_DEV = (2, 5, 12, 18, 21, 34, 35)      # topics of ECB+ that are measured on


def prepare(s):
    """`kind` and `words` of every token, nothing known of its entity."""
    n = len(s["tokens"])
    s["kind"] = [KIND.get(u, -1) for u in s["upos"]]
    s["ent"], s["learn"] = [-1] * n, [0] * n
    s["words"] = [name_words(s, i) if s["kind"][i] == 1 else () for i in range(n)]
    return s


def name_words(s, i):
    """The head and the parts of its name, folded."""
    own = [j for j in range(len(s["tokens"])) if j == i or s["head"][j] == i + 1 and s["rel"][j] in ("flat", "compound", "goeswith") and s["upos"][j] == "PROPN"]
    return tuple(s["tokens"][j].lower() for j in own)


def head_of(s, a, b):
    """The token of a..b whose head lies outside; the first one."""
    for i in range(a, b):
        if not a <= s["head"][i] - 1 < b:
            return i
    return a


def put(s, a, b, ent, learn):
    h = head_of(s, a, b)
    if s["kind"][h] < 0:
        near = [i for i in range(a, b) if s["kind"][i] >= 0 and s["head"][i] == h + 1]
        if not near:
            return
        h = near[-1]
    s["ent"][h], s["learn"][h] = ent, learn


# ---- GUM -------------------------------------------------------------------------------------------------------------------

def mentions(sents):
    """[(sentence, start, end, entity, type)] of one GUM document; the pieces of a broken mention count as one from first to last, by its first piece's sentence."""
    out, stack = [], []
    for n, s in enumerate(sents):
        for i, m in enumerate(s["misc"]):
            e = next((x[7:] for x in m.split("|") if x.startswith("Entity=")), "")
            for part in re.findall(r"\([^()]*\)?|[^()]+\)", e):
                if part[0] == "(":
                    f = part.strip("()").split("-")
                    stack.append((f[0], n, i, f[1] if len(f) > 1 else ""))
                    if part[-1] == ")":
                        key, m0, a, k = stack.pop(); out.append((m0, a, i + 1, key, k))
                else:
                    for q in range(len(stack) - 1, -1, -1):
                        if stack[q][0] == part[:-1]:
                            key, m0, a, k = stack.pop(q)
                            out.append((m0, a, i + 1 if m0 == n else len(sents[m0]["tokens"]), key, k)); break
    return sorted(out)


def gum(sents):
    number = {}
    for s in sents:
        prepare(s)
        s["learn"] = [1 if k >= 0 else 0 for k in s["kind"]]
    for n, a, b, key, _ in sorted(mentions(sents), key=lambda m: m[1] - m[2]):
        key = key.split("[")[0]
        put(sents[n], a, b, number.setdefault(key, len(number)), 1)


# ---- LitBank, ECB+ -----------------------------------------------------------------------------------------------------------

def litbank(folder):
    """People, places and organisations are marked there, and nothing else: other nouns are not learned."""
    given, marks = [], []
    for f in sorted(Path(folder).glob("*.txt")):
        lines = [l.split() for l in open(f, encoding="utf8").read().split("\n")]
        mention, entity = {}, {}
        for l in open(f.with_suffix(".ann"), encoding="utf8"):
            c = l.rstrip("\n").split("\t")
            if c[0] == "MENTION" and c[2] == c[4]:
                mention[c[1]] = (int(c[2]), int(c[3]), int(c[5]) + 1)
            elif c[0] == "COREF":
                entity[c[1]] = c[2]
        keep = [i for i, t in enumerate(lines) if t]
        given.append((f.stem, [lines[i] for i in keep]))
        marks.append([(keep.index(mention[m][0]), *mention[m][1:], e) for m, e in entity.items() if m in mention])
    docs = engine.tokens("litbank", given)
    for (_, sents), marked in zip(docs, marks):
        number = {}
        for s in sents:
            prepare(s)
        for n, a, b, e in sorted(marked, key=lambda m: m[1] - m[2]):
            put(sents[n], a, b, number.setdefault(e, len(number)), 1)
    return layers_of(docs)


def ecb(folder):
    """Participants and places of events, within the document: only in part marked, so a mention is learned where an earlier one of its entity is there."""
    import xml.etree.ElementTree as X
    given, marks = [], []
    for f in sorted(Path(folder).glob("*/*.xml"), key=lambda f: (int(f.parent.name), f.name)):
        if int(f.parent.name) in OLD_DEV:
            continue
        root = X.parse(f).getroot()
        toks = [(t.get("t_id"), t.text or "_", int(t.get("sentence"))) for t in root.iter("token")]
        sents, place = [], {}
        for t, w, n in toks:
            if not sents or n != last:
                sents.append([]); last = n
            place[t] = (len(sents) - 1, len(sents[-1])); sents[-1].append(re.sub(r"\s", "", w) or "_")
        entity, found = {}, []
        for r in root.find("Relations"):
            t = r.find("target")
            if t is not None:
                for s in r.iter("source"):
                    entity[s.get("m_id")] = t.get("m_id")
        for m in root.find("Markables"):
            at = sorted(place[a.get("t_id")] for a in m.iter("token_anchor"))
            if at and m.tag.startswith(("HUMAN", "LOC", "NON_HUMAN")) and m.get("m_id") in entity and at[0][0] == at[-1][0]:
                found.append((at[0][0], at[0][1], at[-1][1] + 1, entity[m.get("m_id")]))
        given.append((f.stem, sents)); marks.append(found)
    docs = engine.tokens("ecb", given)
    for (_, sents), marked in zip(docs, marks):
        number = {}
        for s in sents:
            prepare(s)
        for n, a, b, e in sorted(marked, key=lambda m: m[1] - m[2]):
            put(sents[n], a, b, number.setdefault(e, len(number)), 2)
    return layers_of(docs)


def layers_of(docs):
    """Without what the engine only guessed: it is not learned from itself."""
    for _, sents in docs:
        for s in sents:
            for k in ("xpos", "names", "rel", "head"):
                s["read_" + k] = s.pop(k)
            s["read_upos"] = s.pop("upos")
    return docs


# ---- names that become pronouns ------------------------------------------------------------------------------------------------

HE = set("""donald barack bill bernie ted marco jeb john ben chris mike tim george paul mitch harry joe rand rick scott jim james david michael robert mitt newt lindsey
charles charlie rudy steve stephen stephan corey roger sean bobby tom thomas peter kevin mark matt matthew andrew brian eric richard dick ron ronald william henry edward frank
gary martin larry jeff jeffrey greg gregory anthony tony daniel dan patrick vladimir sergei volodymyr emmanuel boris benjamin recep bashar xi kim ali mohammed muhammad
abdul ahmed hassan omar carlos jose juan pedro luis antonio francisco giovanni marco hans klaus jean pierre jacques ivan alexander alex nikolai samuel sam adam aaron jason
justin josh joshua kenneth ken keith kurt lee leo louis nathan neil nick nicholas oliver oscar philip phil ralph ray raymond roy russell simon stanley stuart ted terry theodore
tim timothy todd victor vincent walter wayne will zachary jack jerry jesse joseph glenn hugh ian karl arthur albert alan al bob bruce carl clarence craig dean dennis don doug
douglas drew earl ernest fred geoffrey gerald gordon howard""".split())
SHE = set("""hillary carly michelle ivanka melania elizabeth megyn chelsea kellyanne huma jill sarah susan debbie donna nancy nikki kelly ann anne anna barbara mary maria julia julie
jennifer jessica laura lisa linda patricia karen betty helen sandra carol ruth sharon deborah dianne diane kathleen kathy amy angela melissa rebecca virginia pamela martha
amanda stephanie carolyn christine christina catherine katherine kate janet joan judith judy jane joanna rose rachel heather teresa theresa gloria evelyn emily emma olivia sophia sophie
megan marie margaret maggie claire loretta valerie alicia monica paula jo jodi kamala kirsten angela ursula olga svetlana natalia tatiana irina fatima aisha leila yulia elena
samantha samira sally tina tracy vanessa victoria wendy yvonne ellen erin eva frances grace hannah holly ida irene jacqueline joy joyce juanita lauren leslie lillian lois louise
lucy lynn marilyn marjorie mildred molly naomi nicole norma peggy phyllis rita roberta robin ruby sheila shirley sonia sue susana sylvia tammy""".split()) - HE
FORMS = {True: ("he", "him", "his"), False: ("she", "her", "her")}


def people(sents):
    """[(sentence, start, end)] of the names of people, and for each the words that stand for it."""
    out = []
    for n, s in enumerate(sents):
        for a, b, kind in names.tagged_spans(s.get("read_names") or s["names"]):
            if kind == "PERSON" and s["tokens"][b - 1][:1].isupper() and b - a < 5:
                out.append((n, a, b))
    return out


def pronouns(sents, rng, rate=0.5):
    """A copy of consecutive sentences in which later names of some people are pronouns. Returns (sentences, how many)."""
    first = {}
    found = people(sents)
    last = lambda m: sents[m[0]]["tokens"][m[2] - 1].lower()
    for m in found:
        if m[2] - m[1] > 1:
            given = sents[m[0]]["tokens"][m[1]].lower()
            if given in HE or given in SHE:
                first[last(m)] = given in HE
    changes, left = {}, set()
    for k, m in enumerate(found):
        before = [x for x in found[:k] if last(x) == last(m) and m[0] - x[0] <= 2 and x not in left]
        if before and rng.random() < rate and not (m[0] == before[-1][0] and m[1] - before[-1][2] < 2):
            form = form_of(sents[m[0]], m[1], m[2], first.get(last(m), rng.random() < 0.5))
            if form:
                changes.setdefault(m[0], []).append((m[1], *form, last(m))); left.add(m)
    if not changes:
        return sents, 0
    number, out = {}, []
    for n, s in enumerate(sents):
        t = {k: list(v) if isinstance(v, list) else v for k, v in s.items() if k not in ("head", "rel", "xpos", "upos", "misc", "mwt")}
        t["learn"] = [0] * len(t["tokens"]); t["ent"] = [-1] * len(t["tokens"]); t["rival"] = [False] * len(t["tokens"])
        for x in found:
            if x[0] == n and x not in left:
                i = head_of({"head": s.get("read_head") or s["head"]}, x[1], x[2])
                t["rival"][i] = True; t["ent"][i] = number.setdefault(last(x), len(number))
        for a, b, word, who in sorted(changes.get(n, []), reverse=True):
            for k, v in t.items():
                if isinstance(v, list) and len(v) >= b:
                    fill = {"tokens": word, "learn": 3, "ent": number.setdefault(who, len(number)), "kind": 2, "words": (), "rival": True, "attr": None, "said": -1, "names": None}.get(k)
                    if k == "attr":
                        fill = v[a]
                    elif k == "said":
                        fill = v[a]
                    v[a:b] = [fill]
        out.append(t)
    return out, len(left)


def form_of(s, a, b, male):
    """(end, word) for the name at a..b, or None where no pronoun could stand there."""
    rel = s.get("read_rel") or s["rel"]; head = s.get("read_head") or s["head"]
    h = head_of({"head": head}, a, b)
    he, him, his = FORMS[male]
    if a and (s["tokens"][a - 1].lower().rstrip(".") in names.TITLES or s["tokens"][a - 1][:1].isupper() and a > 1):
        return None                              # a title or another name before it
    if any(not a <= i < b and head[i] == h + 1 and rel[i] in ("amod", "det", "nmod:desc", "compound", "appos", "acl:relcl", "nmod:poss") for i in range(len(head))):
        return None
    if b < len(s["tokens"]) and s["tokens"][b] in ("'s", "’s", "'", "’"):
        return (b + 1, cap(his, a)) if rel[h] == "nmod:poss" else None
    general = rel[h].split(":")[0]
    if general in ("nsubj", "csubj"):
        return b, cap(he, a)
    if general in ("obj", "iobj", "obl", "nmod"):
        return b, cap(him, a)
    return None


def cap(word, at):
    return word.capitalize() if at == 0 else word
