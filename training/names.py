"""Names as B/I/O tags from what the sets give: GUM's entities, CrossNER, LitBank, MEANTIME, and word lists written for this project."""
import json, re
from pathlib import Path

KINDS = ["PERSON", "ORG", "PLACE", "FACILITY", "GROUP", "MISC"]

DEMONYMS = set("""afghan albanian algerian american angolan argentine argentinian armenian australian austrian azerbaijani azeri bahraini bahamian
bangladeshi barbadian belarusian belarussian belgian beninese bhutanese bolivian bosnian botswanan brazilian british bruneian bulgarian burkinabe
burmese burundian cambodian cameroonian canadian chadian chilean chinese colombian congolese croatian croat cuban cypriot czech danish dane djiboutian dominican
dutch ecuadorian egyptian emirati english eritrean estonian ethiopian european fijian filipino finnish finn french gabonese gambian georgian german ghanaian
greek grenadian guatemalan guinean guyanese haitian honduran hungarian icelandic icelander indian indonesian iranian iraqi irish israeli italian ivorian jamaican
japanese jordanian kazakh kazakhstani kenyan korean kosovar kuwaiti kyrgyz lao laotian latvian lebanese liberian libyan lithuanian luxembourgish macedonian
malagasy malawian malaysian maldivian malian maltese mauritanian mauritian mexican moldovan mongolian montenegrin moroccan mozambican namibian nepalese nepali
nicaraguan nigerian nigerien norwegian omani pakistani palestinian panamanian paraguayan peruvian polish pole portuguese qatari romanian russian rwandan
salvadoran salvadorian samoan saudi scottish scot senegalese serbian serb sierra-leonean singaporean slovak slovakian slovene slovenian somali spanish spaniard sudanese
surinamese swazi swede swedish swiss syrian taiwanese tajik tanzanian thai tibetan togolese tongan trinidadian tunisian turk turkish turkmen ugandan
ukrainian uruguayan uzbek venezuelan vietnamese welsh yemeni yugoslav zambian zimbabwean african asian african-american arab arabian soviet latin
caribbean scandinavian balkan chechen tatar uighur uyghur kurd kurdish crimean catalan basque breton flemish walloon sicilian bavarian prussian
roman persian ottoman byzantine babylonian assyrian macedonian mongol han hispanic latino latina romani roma inuit maori aboriginal cherokee apache navajo sioux
tamil sikh punjabi bengali pashtun hazara hutu tutsi zulu yoruba igbo berber druze alawite maronite copt coptic
muslim moslem islamic christian jewish jew hindu buddhist catholic protestant orthodox sunni shia shiite shi'a shi'ite sunnite shi'ites anglican lutheran methodist baptist mormon
calvinist presbyterian evangelical salafist salafi wahhabi zionist
republican democrat communist bolshevik nazi baathist ba'athist marxist trotskyist maoist islamist tory peronist sandinista
californian texan londoner parisian muscovite venetian bostonian hawaiian alaskan siberian anglo-saxon celtic celt viking slavic slav germanic aryan semitic
israelite egyptians siberian eurasian transatlantic anglo north-korean south-korean""".split())
NOT_DEMONYM = {"polish", "pole", "latin", "roma", "han", "tory", "orthodox", "transatlantic", "scot", "finn", "dane", "turk", "lao", "evangelical"}

TITLES = set("""president vice prime minister chancellor secretary secretary-general general gen gen. lt lt. lieutenant colonel col col. major maj maj. captain capt capt. sergeant sgt sgt.
admiral adm. marshal commander cmdr. chief senator sen sen. representative rep rep. congressman congresswoman governor gov gov. mayor ambassador envoy judge justice attorney
king queen prince princess emperor empress tsar czar duke duchess lord lady sir dame baron count countess pope archbishop bishop cardinal father rev rev. reverend pastor rabbi imam ayatollah sheikh
sheik mullah mr mr. mrs mrs. ms ms. miss dr dr. doctor prof prof. professor director chairman chairwoman chair ceo cfo spokesman spokeswoman speaker premier
deputy foreign defense defence interior finance acting former late first lady leader coach officer detective agent aunt uncle brother sister saint mister madam st. comrade hon. honorable
commissioner commissioner-designate head host author correspondent wikinewsie mother-in-law grandpa grandma mom dad mother son daughter researcher editor special counsel solicitor
executive managing co-founder founder co-director undersecretary under-secretary minister-president bassist guitarist singer actor actress""".split())

FACILITIES = set("""airport hotel museum palace bridge station stadium arena theatre theater cathedral church mosque temple monastery castle fort hospital library tower building house hall center centre mall
market restaurant cafe inn lodge hostel street road avenue highway boulevard lane square plaza tunnel dam port harbour harbor pier prison jail camp base gallery zoo cemetery memorial monument terminal
observatory stadion embassy pyramid amphitheatre gate plant refinery pipeline canal railway metro subway chapel abbey villa mansion courthouse resort""".split())


def demonym(word):
    """'Russian', 'Russians', 'Dutch', 'Frenchman', 'Sunnis': written with a capital."""
    if not word[:1].isupper():
        return False
    w = word.lower()
    if w in DEMONYMS:
        return w not in NOT_DEMONYM
    if w.endswith("s") and w[:-1] in DEMONYMS and w[:-1] not in {"polish", "latin", "han", "orthodox"}:
        return True
    return bool(re.fullmatch(r"(english|french|irish|scots|welsh|dutch)(man|men|woman|women)", w))


def place_kind(words):
    last = [w for w in words if w[:1].isupper()]
    return "FACILITY" if len(words) > 1 and last and last[-1].lower() in FACILITIES else "PLACE"


def mark(tags, a, b, kind):
    tags[a] = "B-" + kind
    for i in range(a + 1, b):
        tags[i] = "I-" + kind


def named_span(sent, a, b, kind):
    """The name inside tokens a..b of an entity mention, or None when it is described, not named."""
    w, up, xp, head, rel = sent["tokens"], sent["upos"], sent["xpos"], sent["head"], sent["rel"]
    tops = [i for i in range(a, b) if not a < head[i] <= b or not a <= head[i] - 1 < b]
    if len(tops) != 1:
        return None
    h = tops[0]
    proper = lambda i: up[i] == "PROPN" or xp[i] in ("NNP", "NNPS")
    if not proper(h) and not (kind == "PLACE" and w[h] in ("US", "U.S.", "UK")):
        return None
    if kind == "PERSON" and w[h].lower().rstrip(".") in TITLES and not any(rel[j] == "flat" and head[j] == h + 1 for j in range(a, b)):
        return None
    lo, hi = h, h + 1
    link = ("of", "for", "and", "on", "the", "de", "la", "del", "al", "-", "&", "’s", "'s", "in", "van", "von", "bin", "der", ".", "no.", "to", "/", "el", "du")
    inside = lambda i: proper(i) or up[i] == "X"
    while hi < b:
        if inside(hi) or (up[hi] == "NUM" and rel[hi] in ("nmod:unmarked", "dep", "nummod", "flat") and head[hi] - 1 in range(lo, hi) and kind != "PERSON"):
            hi += 1; continue
        j = hi
        while j < b and w[j].lower() in link and (kind != "PERSON" or w[j].lower() not in ("of", "for", "and", "on", "in", "'s", "’s")):
            j += 1
        if hi < j < b and inside(j) and not (w[hi].lower() == "in" and kind == "PLACE"):
            hi = j + 1; continue
        break
    while lo > a:
        if inside(lo - 1) and not (kind == "PERSON" and rel[lo - 1] == "nmod:desc"):
            lo -= 1; continue
        j = lo - 1
        while j >= a and w[j].lower() in link:
            j -= 1
        if a <= j < lo - 1 and inside(j) and rel[j] in ("compound", "nmod:poss", "conj", "flat", "obl", "amod", "nmod") and not (kind == "PERSON" and w[j + 1].lower() not in ("-", "al", "bin", "de", "van", "von")):
            lo = j; continue
        break
    if kind == "PERSON":
        while lo < hi - 1 and (w[lo].lower() in TITLES):
            lo += 1
        if hi - lo > 1 and xp[hi - 1] == "POS":
            hi -= 1
    while lo < hi and w[lo].lower() in ("the", "a", "an", "-", "'s"):
        lo += 1
    while hi > lo and (w[hi - 1] in ("'s", "’s", "-") or xp[hi - 1] == "POS"):
        hi -= 1
    return (lo, hi) if hi > lo else None


GUM_KIND = {"person": "PERSON", "organization": "ORG", "place": "PLACE", "object": "MISC", "abstract": "MISC", "event": "MISC", "animal": "MISC", "plant": "MISC", "substance": "MISC"}


def gum(sents):
    """Adds `names` to the sentences of one GUM document, from Entity= in MISC."""
    open_ = {}
    for s in sents:
        spans, stack = [], []
        for i, m in enumerate(s["misc"]):
            e = next((x[7:] for x in m.split("|") if x.startswith("Entity=")), "")
            for part in re.findall(r"\([^()]*\)?|[^()]+\)", e):
                if part[0] == "(":
                    f = part.strip("()").split("-")
                    stack.append((f[0], f[1], i, "-".join(f[7:]) if len(f) > 7 else ""))
                    if part[-1] == ")":
                        n, k, a, wiki = stack.pop(); spans.append((a, i + 1, k, wiki))
                else:
                    n = part[:-1]
                    for q in range(len(stack) - 1, -1, -1):
                        if stack[q][0] == n:
                            _, k, a, wiki = stack.pop(q); spans.append((a, i + 1, k, wiki)); break
        tags = ["O"] * len(s["tokens"])
        found = []
        for a, b, k, wiki in spans:
            kind = GUM_KIND.get(k)
            if not kind:
                continue
            r = named_span(s, a, b, kind)
            if r:
                words = s["tokens"][r[0]:r[1]]
                if kind == "PERSON" and (s["xpos"][r[1] - 1] == "NNPS" or (len(words) == 1 and demonym(words[0]))):
                    kind = "GROUP"
                if kind == "PLACE":
                    kind = place_kind(words)
                found.append((r[1] - r[0], kind, r))
        for n, kind, (a, b) in sorted(found, key=lambda x: (-x[0], x[1] == "MISC")):     # the longest wins: nested names give way
            if all(t == "O" for t in tags[a:b]):
                mark(tags, a, b, kind)
        groups(s, tags)
        import gazetteer
        for i, w in enumerate(s["tokens"]):                  # proper nouns outside every named entity: not sure, not learned
            if tags[i] == "O" and s["upos"][i] == "PROPN" and w.lower() not in TITLES and w.lower() not in gazetteer.NOT and w.lower() not in ("university", "home"):
                tags[i] = None
        s["names"] = tags


def groups(s, tags):
    for i, w in enumerate(s["tokens"]):
        if tags[i] in ("O", None) and demonym(w) and ("xpos" not in s or s["xpos"][i] in ("JJ", "NNPS") or w.endswith("s")):
            mark(tags, i, i + 1, "GROUP")


CROSS = {"person": "PERSON", "politician": "PERSON", "organisation": "ORG", "politicalparty": "ORG", "country": "PLACE", "location": "PLACE", "event": "MISC", "election": "MISC", "misc": "MISC"}


def tagged_spans(tags):
    out, start = [], None
    for i, t in enumerate(tags + ["O"]):
        t = t or "O"
        if start is not None and (t == "O" or t[0] == "B" or t[2:] != tags[start][2:]):
            out.append((start, i, tags[start][2:])); start = None
        if t != "O" and start is None:
            start = i
    return out


def crossner(path):
    docs, toks, tags = [], [], []
    for l in [*open(path, encoding="utf8"), "\n"]:
        l = l.rstrip("\n")
        if l:
            w, t = l.split("\t"); toks.append(w); tags.append(t)
        elif toks:
            new = ["O"] * len(toks)
            for a, b, k in tagged_spans(tags):
                kind = CROSS[k]; words = toks[a:b]
                if kind == "MISC" and b - a == 1 and demonym(words[0]):
                    kind = "GROUP"
                if kind == "PLACE":
                    kind = place_kind(words)
                while kind == "PERSON" and b - a > 1 and toks[a].lower() in TITLES:
                    a += 1
                if kind == "PLACE" and b - a > 1 and toks[a] == "the":
                    a += 1
                mark(new, a, b, kind)
            s = {"tokens": toks, "names": new, "par": len(docs), "sent": False}
            groups(s, new)
            docs.append(("crossner", [s])); toks, tags = [], []
    return docs


# ---- texts with entities by character (re3d) and by token (MEANTIME) --------------------------------------------------------

WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[A-Za-z]+(?='s\b)|'s\b|’s\b|\w+(?:['’]\w+)?|\S")


def core(words, kind):
    """Start and end of the name inside a described entity, or None."""
    a, b = 0, len(words)
    cap = lambda w: w[:1].isupper() or w[:1].isdigit()
    skip = lambda w: not cap(w) or w.lower() in ("the", "a", "an") or (kind == "PERSON" and w.lower() in TITLES)
    while a < b and skip(words[a]):
        a += 1
    while b > a and not cap(words[b - 1]):
        b -= 1
    if a == b or any(not cap(w) and w.lower() not in ("of", "the", "and", "for", "-", "al", "bin", "de", "&", ".", "'s", "on", "in") for w in words[a:b]):
        return None
    if kind == "PERSON" and any(w in ("of", "and", "for", "in", "'s") for w in words[a:b]):
        return None
    if all(w.lower() in TITLES for w in words[a:b]):
        return None
    return a, b


VAGUE = set("""we they i my he she it our their us you who iv office coalition men women community west navy army special petty brig spc snco sncos ied vbied hospital group commander captain airmen""".split())


def settle(words, kind):
    """The kind of a name from a noisier source, or None when it is better not learned."""
    import gazetteer
    low = [w.lower() for w in words]
    if all(w in VAGUE or w.isdigit() or w == "." for w in low) or words[-1] in (".", ",") or "." in words[:-1]:
        return None
    g = gazetteer.look_up(words)
    if g == "O":
        return None
    if len(words) == 1 and demonym(words[0]):
        return "GROUP"
    if g in ("PLACE", "ORG"):
        return g
    if kind == "GROUP":
        return None
    if kind == "PERSON" and (g == "FACILITY" or len(words) > 4 and "-" not in words or any(w in VAGUE or w in TITLES or w in ("command", "central", "force") for w in low)):
        return None
    if kind == "PLACE":
        return None if "in" in low else place_kind(words)
    return kind


def re3d(folder):
    """One document a text; sentences cut roughly; capitalised words outside every entity are not learned."""
    import gazetteer
    ents = {}
    for l in open(folder / "entities.json", encoding="utf-8-sig"):
        e = json.loads(l)
        ents.setdefault(e["documentId"], []).append(e)
    kinds = {"Person": "PERSON", "Organisation": "ORG", "Location": "PLACE", "Nationality": "GROUP"}
    docs = []
    for l in open(folder / "documents.json", encoding="utf-8-sig"):
        d = json.loads(l); text = d["text"]
        toks = [(m.start(), m.end()) for m in WORD.finditer(text)]
        words = [text[a:b] for a, b in toks]
        tags = [None if w[:1].isupper() and i and words[i - 1] not in (".", "“", '"', "?", ":") and w.lower() not in TITLES and w.lower() not in gazetteer.NOT else "O" for i, w in enumerate(words)]
        done = [False] * len(words)
        for e in sorted(ents.get(d["_id"], []), key=lambda e: e["end"] - e["begin"]):
            idx = [i for i, (a, b) in enumerate(toks) if a >= e["begin"] and b <= e["end"]]
            kind = kinds.get(e["type"])
            if not idx or not kind:
                continue
            r = core(words[idx[0]:idx[-1] + 1], kind)
            for i in idx:
                if words[i][:1].isupper() and not done[i] and words[i].lower() not in TITLES and words[i].lower() != "the":
                    tags[i] = None
            if r and e["confidence"] >= 0.5:
                a, b = idx[0] + r[0], idx[0] + r[1]
                if any(done[a:b]) and not (kind in ("ORG", "PERSON") and b - a > 1):
                    continue
                k = settle(words[a:b], kind)
                if not k:
                    continue
                for i in range(a, b):
                    done[i] = True
                mark(tags, a, b, k)
        for i in range(len(tags)):                               # a name cut short by another one: not learned
            if tags[i] and tags[i][0] == "I" and (i == 0 or not tags[i - 1] or tags[i - 1][2:] != tags[i][2:]):
                tags[i] = None
        sents, at = [], 0
        for i, w in enumerate(words):
            if (w in (".", "?", "!") and i + 1 < len(words) and words[i + 1][:1].isupper()) or i == len(words) - 1 or i - at > 120:
                s = {"tokens": words[at:i + 1], "names": tags[at:i + 1], "par": len(sents), "sent": False}
                if s["names"][0] and s["names"][0][0] == "I":
                    s["names"][0] = None
                groups(s, s["names"]); sents.append(s); at = i + 1
        if sents:
            docs.append((d["_id"], sents))
    return docs


def meantime(folder):
    """The annotated head of each Wikinews article; only mentions marked as names are learned as names."""
    import gazetteer
    import xml.etree.ElementTree as X
    kinds = {"PER": "PERSON", "ORG": "ORG", "LOC": "PLACE", "PRO": "MISC", "FIN": "MISC", "MIX": "MISC"}
    docs = []
    for f in sorted(folder.glob("*.xml")):
        root = X.parse(f).getroot()
        toks = [(t.get("t_id"), t.text or "_", int(t.get("sentence"))) for t in root.iter("token")]
        at = {t[0]: i for i, t in enumerate(toks)}
        type_of = {e.get("m_id"): e.get("ent_type") for e in root.iter("ENTITY")}
        ref = {}
        for r in root.iter("REFERS_TO"):
            t = r.find("target")
            for s in r.iter("source"):
                if t is not None:
                    ref[s.get("m_id")] = t.get("m_id")
        words = [t[1] for t in toks]
        tags = [None if w[:1].isupper() and w.lower() not in TITLES and w.lower() not in gazetteer.NOT else "O" for w in words]
        for i in range(len(tags)):
            if i == 0 or toks[i][2] != toks[i - 1][2]:
                tags[i] = tags[i] if words[i].lower() not in ("the", "a", "an", "it", "he", "she", "they", "in", "on", "at", "this", "we", "i") else "O"
        last, spans = -1, []
        for m in root.iter("ENTITY_MENTION"):
            idx = sorted(at[a.get("t_id")] for a in m.iter("token_anchor"))
            if not idx:
                continue
            last = max(last, toks[idx[-1]][2])
            kind = kinds.get(type_of.get(ref.get(m.get("m_id")), ""), None)
            if m.get("syntactic_type") in ("NAM", "PRE.NAM") and kind:
                r = core(words[idx[0]:idx[-1] + 1], kind)
                if r and len(idx) == idx[-1] - idx[0] + 1 and settle(words[idx[0] + r[0]:idx[0] + r[1]], kind):
                    spans.append((idx[0] + r[0], idx[0] + r[1], settle(words[idx[0] + r[0]:idx[0] + r[1]], kind)))
        used = set()
        for a, b, k in sorted(spans, key=lambda x: x[0] - x[1]):
            if not used & set(range(a, b)):
                used |= set(range(a, b))
                mark(tags, a, b, k)
        sents = []
        for n in range(last + 1):
            i = [j for j, t in enumerate(toks) if t[2] == n]
            if i:
                s = {"tokens": [words[j] for j in i], "names": [tags[j] for j in i], "par": n, "sent": False}
                groups(s, s["names"]); sents.append(s)
        if sents:
            docs.append((f.name, sents))
    return docs


def litbank(folder, rng, most=60000):
    """Sentences of LitBank with proper mentions, places and organisations first (people are plenty there)."""
    kinds = {"PER": "PERSON", "FAC": "FACILITY", "GPE": "PLACE", "LOC": "PLACE", "ORG": "ORG", "VEH": "MISC"}
    picked = []
    for f in sorted(folder.glob("*.txt")):
        lines = [l.split() for l in open(f, encoding="utf8").read().split("\n")]
        spans, vague = {}, {}
        for l in open(f.with_suffix(".ann"), encoding="utf8"):
            c = l.rstrip("\n").split("\t")
            if c[0] != "MENTION" or c[2] != c[4]:
                continue
            s, a, b = int(c[2]), int(c[3]), int(c[5]) + 1
            (spans if c[8] == "PROP" else vague).setdefault(s, []).append((a, b, kinds[c[7]]))
        for i, toks in enumerate(lines):
            if i not in spans or not toks:
                continue
            tags = ["O"] * len(toks)
            for a, b, _ in vague.get(i, []):
                for j in range(a, b):
                    if toks[j][:1].isupper() and j and toks[j].lower() not in TITLES:
                        tags[j] = None
            used = set()
            for a, b, k in sorted(spans[i], key=lambda x: x[0] - x[1]):
                r = core(toks[a:b], k)
                for j in range(a, b):
                    if toks[j][:1].isupper() and j not in used and toks[j].lower() not in TITLES:
                        tags[j] = None
                if r and not used & set(range(a + r[0], a + r[1])):
                    used |= set(range(a + r[0], a + r[1]))
                    mark(tags, a + r[0], a + r[1], k)
            s = {"tokens": toks, "names": tags, "par": 0, "sent": False}
            groups(s, tags)
            if len(toks) < 80:
                rare = any(t and t[2:] in ("PLACE", "ORG", "FACILITY") for t in tags)
                picked.append((rng.random() - rare, len(picked), s))
    out, n = [], 0
    for _, _, s in sorted(picked, key=lambda x: x[:2]):
        n += len(s["tokens"])
        if n > most:
            break
        out.append(("litbank", [s]))
    return out


# ---- other names in the same places ----------------------------------------------------------------------------------------

def signature(words):
    return tuple("X" if w[:1].isupper() or w[:1].isdigit() else w for w in words)


class Swaps:
    """Names of the same kind and form to put in each other's place while training."""
    def __init__(self, sources):
        import gazetteer
        self.pool = {}
        last = set()
        for docs in sources.values():
            for _, sents in docs:
                for s in sents:
                    if "names" in s:
                        for a, b, k in tagged_spans(s["names"]):
                            w = s["tokens"][a:b]
                            if k in ("PERSON", "ORG", "PLACE", "FACILITY") and w[0][:1].isupper():
                                self.pool.setdefault((k, signature(w)), set()).add(tuple(w))
                            if k == "PERSON" and b - a == 2 and w[1].isalpha() and w[1][0].isupper():
                                last.add(w[1])
        title = lambda t: tuple(x[:1].upper() + x[1:] if x not in ("of", "and", "the", "al", "-") else x for x in t.split())
        for t in gazetteer.PLACE:
            self.pool.setdefault(("PLACE", signature(title(t))), set()).add(title(t))
        last = sorted(last)
        import random
        r = random.Random(7)
        for _ in range(3000):
            self.pool[("PERSON", ("X", "X"))].add((r.choice(gazetteer.FIRST), r.choice(last)))
        self.pool = {k: sorted(v) for k, v in self.pool.items() if len(v) > 4}

    def __call__(self, s, rng):
        if "names" not in s:
            return s
        toks = None
        for a, b, k in tagged_spans(s["names"]):
            w = s["tokens"][a:b]
            p = self.pool.get((k, signature(w)))
            if p and w[0][:1].isupper() and rng.random() < 0.6:
                toks = toks or list(s["tokens"])
                toks[a:b] = rng.choice(p)
        return {**s, "tokens": toks} if toks else s
