//! A record, written and read back, and in every kind of trouble.

use std::path::{Path, PathBuf};

use chancery_model::{
    Anchor, Article, Basis, Block, BlockKind, Chain, Dateline, EntityKind, Form, Furniture, FurnitureReason,
    Grain, Id, Known, Language, LineKind, MediaKind, Mention, MentionForm, Moment, Note, NoteCode, Page,
    PageReading, PageSpan, Period, PieceKind, Published, Reading, SourceMap, Span, Statement, TimeClass,
    TimeExpression, TokenRange, Unresolved, When, Who, Why,
};
use chancery_store::{
    APPLICATION_ID, FORMAT, Kept, KeptCodebook, KeptCodebooks, Packed, PackedReading, Settings, Sighting,
    Store, StoreErrorKind,
};

const READER: &str = "reader 1";

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("chancery-store-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self) -> PathBuf {
        self.0.join("talks.chancery")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn moment(words: &str) -> Moment {
    Moment::parse(words).unwrap()
}

fn page(words: &str, origin: &str, url: Option<&str>) -> Page {
    let known = Known {
        url: url.map(str::to_owned),
        captured: Some(moment("2031-05-04T10:00:00Z")),
        ..Known::default()
    };
    Page::new(words.as_bytes().to_vec(), origin.to_owned(), MediaKind::Html, known)
}

fn sighting(page: &Page) -> Sighting {
    Sighting {
        origin: page.origin.clone(),
        address: page.known.url.clone(),
        charset: None,
        known: page.known.clone(),
        whole: false,
        read_at: moment("2031-05-05T07:30:00Z"),
    }
}

/// One article that uses every field, and some furniture: "Talks &amp; tea<p>VELL — They met.<i>Share</i>".
fn reading(page: &Page) -> PageReading {
    let mut map = SourceMap::default();
    map.push(6, PageSpan::new(0, 6), PieceKind::Verbatim);
    map.push(1, PageSpan::new(6, 11), PieceKind::Decoded);
    map.push(4, PageSpan::new(11, 15), PieceKind::Verbatim);
    map.push(2, PageSpan::new(0, 0), PieceKind::Break);
    map.push(18, PageSpan::new(18, 36), PieceKind::Verbatim);
    let mut article = Article {
        id: Article::id_of(page.id, PageSpan::new(18, 36)),
        page: page.id,
        text: "Talks & tea\n\nVELL — They met.".to_owned(),
        map,
        body: Span::new(13, 31),
        blocks: vec![
            Block { kind: BlockKind::Headline, span: Span::new(0, 11) },
            Block { kind: BlockKind::Paragraph, span: Span::new(13, 31) },
        ],
        title: None,
        dateline: Some(Dateline { places: vec!["VELL".to_owned()], span: Span::new(13, 17) }),
        published: Published {
            when: Ok(moment("2031-05-04T09:00:00+02:00")),
            basis: Some(Basis::Page),
            cite: None,
        },
        byline: vec!["Ana Petrel".to_owned(), "Tom Reed".to_owned()],
        agency: Some("Reuters".to_owned()),
        outlet: Some("The Vell Courier".to_owned()),
        language: Language::ENGLISH,
        url: Some("https://vell.example/talks".to_owned()),
    };
    article.title = Some(article.cite(Span::new(0, 11)));
    article.published.cite = Some(article.cite(Span::new(13, 17)));
    let mut share = article.cite(Span::new(22, 26));
    share.span = None;
    let furniture = vec![Furniture { cite: share, reason: FurnitureReason::Share }];
    let notes = vec![
        Note::new(NoteCode::BadCharacters, "two of them").hint("save it again").at(PageSpan::new(3, 4)),
        Note::new(NoteCode::NoArticle, "none"),
    ];
    PageReading { articles: vec![article], furniture, notes }
}

/// What that article says: one who is not named met, and says so.
fn says(article: &Article) -> Reading {
    let day = Period::day(moment("2031-05-03").date);
    let when = When { span: Some(Span::new(21, 25)), value: Ok(day), anchor: Anchor::Published };
    let who = |chain| Who { span: Span::new(21, 25), chain };
    let statement = Statement {
        id: Id::of('s', &[&article.page.0, b"one"]),
        form: Form::Indirect,
        saying: None,
        content: vec![Span::new(26, 29)],
        cue: None,
        speakers: vec![who(Ok(0)), who(Err(Unresolved::because("nobody is named")))],
        addressee: None,
        said: Some(When { value: Err(Unresolved::because("no day")), ..when.clone() }),
        venue: None,
        inside: None,
        why: Why { rule: "attribution", confidence: 0.5 },
    };
    let mention = Mention {
        span: Span::new(21, 25),
        tokens: TokenRange::new(3, 4),
        head: 3,
        form: MentionForm::Pronoun,
        chain: Ok(0),
    };
    let chain = Chain {
        kind: EntityKind::Person,
        plural: true,
        name: None,
        shown: Span::new(21, 25),
        roles: Vec::new(),
        side: None,
        mentions: vec![0],
    };
    let time = TimeExpression {
        span: Span::new(21, 25),
        class: TimeClass::Date,
        value: "2031-05-03".to_owned(),
        when: When { value: Ok(Period { grain: Grain::Day, ..day }), ..when },
    };
    Reading {
        mentions: vec![mention],
        chains: vec![chain],
        times: vec![time],
        statements: vec![statement],
        notes: vec![Note::new(NoteCode::LongSentence, "long")],
        ..Reading::default()
    }
}

fn source() -> String {
    "Talks &amp; tea<p>VELL — They met.<i>Share</i>".to_owned()
}

/// Keeps a page in a batch of its own, with what was read on it where that is wanted.
fn keep(store: &mut Store, page: &Page) -> Kept {
    keep_as(store, page, &sighting(page), READER)
}

fn keep_as(store: &mut Store, page: &Page, sighting: &Sighting, reader: &str) -> Kept {
    let mut batch = store.batch(&mut |_| true).unwrap();
    let kept = batch.keep(&Packed::new(page), sighting, reader).unwrap();
    if kept.wants_reading {
        let reading = reading(page);
        let packed = PackedReading::new(&reading.articles[0], &says(&reading.articles[0]), &[7, 900_000]);
        batch.put_reading(&kept, &reading, &[Some(packed)], reader).unwrap();
    }
    batch.commit().unwrap();
    kept
}

fn write(file: &Path) -> Store {
    Store::open_to_write(file, &Settings { waits: 2, most_pages: None }).unwrap()
}

fn trouble(opened: Result<Store, chancery_store::StoreError>) -> String {
    opened.err().expect("it cannot be opened").to_string()
}

#[test]
fn what_is_kept_reads_back() {
    let folder = Folder::new("back");
    let page = page(&source(), "a.html", Some("https://vell.example/a"));
    keep(&mut write(&folder.file()), &page);
    let store = Store::open(&folder.file()).unwrap();
    let stored = store.page(page.id).unwrap().expect("the page is there");
    assert_eq!(
        (stored.page.bytes, stored.page.origin, stored.page.known),
        (page.bytes.clone(), page.origin.clone(), page.known.clone())
    );
    assert_eq!(stored.reader.as_deref(), Some(READER));
    let (was, is) = (reading(&page), store.reading(page.id).unwrap());
    assert_eq!((was.articles, was.furniture, was.notes), (is.articles, is.furniture, is.notes));
    assert_eq!(store.integrity().unwrap(), Vec::<String>::new());
    let line = &store.articles().unwrap()[0];
    assert_eq!(
        (line.title.as_deref(), line.words, line.opening.as_str()),
        (Some("Talks & tea"), 4, "VELL — They met.")
    );
    let id = line.id.to_string();
    assert_eq!(store.articles_like(&id[..5], 9).unwrap().len(), 1);
    assert_eq!(store.articles_like("a00000", 9).unwrap().len(), 0);
}

#[test]
fn what_an_article_says_reads_back_and_its_lines_are_found_by_id() {
    let folder = Folder::new("says");
    let url = Some("https://vell.example/a");
    let first = page(&source(), "a.html", url);
    let mut store = write(&folder.file());
    keep(&mut store, &first);
    let said = store.says(first.id).unwrap().remove(0);
    assert_eq!(said.reading, says(&said.article));
    assert_eq!(said.prints, [7, 900_000]);
    let id = said.reading.statements[0].id;
    let found = store.lines_like(&id.to_string()[..6], 9).unwrap();
    assert_eq!(
        found
            .iter()
            .map(|line| (line.id, line.kind, line.place, line.article, line.page))
            .collect::<Vec<_>>(),
        [(id, LineKind::Statement, 0, said.article.id, first.id)]
    );
    assert_eq!(store.lines_like("s0000000", 9).unwrap(), []);
    let mut second = page(&format!("{} More.", source()), "a.html", url);
    second.known.captured = Some(moment("2031-05-06T10:00:00Z"));
    keep(&mut store, &second);
    let current = |reader| -> Vec<_> {
        store.readings(reader).unwrap().map(|said| said.unwrap().article.page).collect()
    };
    assert_eq!(current(READER), [second.id], "the newest version of a page counts");
    assert_eq!(current("reader 2"), []);
}

#[test]
fn a_reading_that_does_not_fit_its_article_is_damaged() {
    let folder = Folder::new("unfit");
    let page = page(&source(), "a.html", None);
    let mut store = write(&folder.file());
    let reading = reading(&page);
    let article = &reading.articles[0];
    let mut spoilt = [says(article), says(article), says(article)];
    spoilt[0].statements[0].content[0].end = 32;
    spoilt[1].mentions[0].chain = Ok(1);
    // Inside the dash.
    spoilt[2].chains[0].shown.start = 19;
    for says in spoilt {
        let mut batch = store.batch(&mut |_| true).unwrap();
        let kept = batch.keep(&Packed::new(&page), &sighting(&page), READER).unwrap();
        batch.put_reading(&kept, &reading, &[Some(PackedReading::new(article, &says, &[]))], READER).unwrap();
        batch.commit().unwrap();
        let error = store.says(page.id).expect_err("it does not fit").to_string();
        assert!(error.ends_with(&format!("what article {} says", article.id)), "{error}");
    }
    let raw = rusqlite::Connection::open(folder.file()).unwrap();
    raw.execute_batch("UPDATE says SET packed = x'00'").unwrap();
    assert!(store.says(page.id).is_err());
}

#[test]
fn a_record_of_format_1_is_taken_to_the_newest_with_nothing_lost() {
    let stored = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/format-1.chancery");
    let folder = Folder::new("format-1");
    std::fs::copy(stored, folder.file()).unwrap();
    let counts = |file: &Path| -> Vec<i64> {
        let raw = rusqlite::Connection::open(file).unwrap();
        let count = |table: &str| {
            raw.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
        };
        ["pages", "sightings", "articles", "cites", "furniture"].map(count).to_vec()
    };
    let before = counts(&folder.file());
    let blocks = |file: &Path| -> Vec<(String, u32, u32)> {
        let raw = rusqlite::Connection::open(file).unwrap();
        let ask = "SELECT kind, start, end FROM blocks JOIN articles ON articles.n = article JOIN pages ON pages.n = page \
                   ORDER BY pages.id, articles.place, blocks.place";
        let mut statement = raw.prepare(ask).unwrap();
        let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        statement.query_map([], row).unwrap().collect::<Result<_, _>>().unwrap()
    };
    let blocks = blocks(&folder.file());
    let store = Store::open(&folder.file()).unwrap();
    assert_eq!(counts(&folder.file()), before);
    assert!(before.iter().all(|count| *count > 0));
    assert_eq!(store.integrity().unwrap(), Vec::<String>::new());
    let mut pages = store.pages().unwrap();
    pages.sort_by_key(|page| page.id);
    let articles = pages.iter().flat_map(|page| store.reading(page.id).unwrap().articles);
    let now = articles.flat_map(|article| article.blocks);
    let now: Vec<_> = now.map(|b| (b.kind.word().to_owned(), b.span.start, b.span.end)).collect();
    assert_eq!(now, blocks);
    assert!(pages.iter().all(|page| store.says(page.id).unwrap().is_empty()), "nothing was read yet");
    assert_eq!(store.stale(READER).unwrap().len(), pages.len());
}

#[test]
fn the_same_twice_adds_nothing_and_a_changed_page_is_a_version() {
    let folder = Folder::new("twice");
    let mut store = write(&folder.file());
    let url = Some("https://vell.example/a");
    let first = page(&source(), "a.html", url);
    let kept = keep(&mut store, &first);
    assert!(kept.new_page && !kept.new_sighting && kept.version == 1);
    assert!(store.is_up_to_date(first.id, &sighting(&first), READER).unwrap());
    assert!(!store.is_up_to_date(first.id, &sighting(&first), "reader 2").unwrap());
    let kept = keep(&mut store, &first);
    assert!(!kept.new_page && !kept.new_sighting && !kept.wants_reading);
    let mut second = page(&format!("{} More.", source()), "a.html", url);
    second.known.captured = Some(moment("2031-05-03T10:00:00Z"));
    assert_eq!(keep(&mut store, &second).version, 2);
    let versions: Vec<_> =
        store.articles().unwrap().iter().map(|a| (a.page, a.version, a.versions)).collect();
    assert!(versions.contains(&(second.id, 1, 2)), "captured earlier, it is the older one: {versions:?}");
    assert!(versions.contains(&(first.id, 2, 2)));
    assert_eq!(store.pages().unwrap().len(), 2);
}

#[test]
fn the_sighting_that_tells_most_describes_the_page_in_whatever_order_they_come() {
    let poor = page(&source(), "a.html", None);
    let rich = page(&source(), "b.html", Some("https://vell.example/b"));
    for order in [[&poor, &rich], [&rich, &poor]] {
        let folder = Folder::new("order");
        let mut store = write(&folder.file());
        let wants: Vec<bool> = order.iter().map(|page| keep(&mut store, page).wants_reading).collect();
        assert_eq!(wants, [true, order[1].origin == "b.html"]);
        assert_eq!(store.page(poor.id).unwrap().unwrap().page.origin, "b.html");
        assert_eq!(store.articles().unwrap().len(), 1);
    }
}

#[test]
fn another_reader_finds_its_work_and_leaves_no_trace_of_the_old_one() {
    let folder = Folder::new("reader");
    let mut store = write(&folder.file());
    let page = page(&source(), "a.html", None);
    keep(&mut store, &page);
    assert_eq!(store.stale(READER).unwrap(), []);
    assert_eq!(store.stale("reader 2").unwrap(), [page.id]);
    assert!(keep_as(&mut store, &page, &sighting(&page), "reader 2").wants_reading);
    assert_eq!(store.stale("reader 2").unwrap(), []);
    assert_eq!(store.articles().unwrap().len(), 1);
    assert_eq!(store.search("met", ["", ""], 9).unwrap().len(), 1);
    assert_eq!(store.integrity().unwrap(), Vec::<String>::new());
}

#[test]
fn words_are_found_and_no_sign_in_them_is_an_operator() {
    let folder = Folder::new("search");
    let mut store = write(&folder.file());
    keep(&mut store, &page(&source(), "a.html", None));
    let found = store.search("They vell", ["[", "]"], 9).unwrap();
    assert!(found[0].snippet.contains("[VELL] — [They] met."), "{}", found[0].snippet);
    for words in ["AND", "\"", "met OR", "text:met", "*", "NEAR(", "'; DROP TABLE pages"] {
        assert_eq!(store.search(words, ["", ""], 9).unwrap(), [], "{words}");
    }
}

#[test]
fn the_ground_cannot_be_changed() {
    let folder = Folder::new("ground");
    keep(&mut write(&folder.file()), &page(&source(), "a.html", None));
    let raw = rusqlite::Connection::open(folder.file()).unwrap();
    for change in [
        "DELETE FROM pages",
        "DELETE FROM sightings",
        "UPDATE pages SET media = 'text/plain'",
        "UPDATE sightings SET origin = 'x'",
        "INSERT OR REPLACE INTO pages (n, id, media, length, packed) VALUES (1, randomblob(32), 'text/html', 1, x'00')",
    ] {
        // REPLACE removes rows in silence unless triggers run for it.
        raw.pragma_update(None, "recursive_triggers", true).unwrap();
        let error = raw.execute_batch(change).expect_err(change).to_string();
        assert!(error.contains("of a record are"), "{change}: {error}");
    }
}

#[test]
fn codebooks_are_kept_by_their_hash_and_the_last_choice_holds() {
    let folder = Folder::new("codebooks");
    let mut store = write(&folder.file());
    let book = |text: &str| KeptCodebook { file: "water.toml".to_owned(), text: text.to_owned() };
    let at = Moment::parse("2031-03-03T10:00:00Z").unwrap();
    let mut choose = |books: &KeptCodebooks| {
        let mut batch = store.batch(&mut |_| true).unwrap();
        batch.choose_codebooks(books, at).unwrap();
        batch.commit().unwrap();
        assert_eq!(store.codebooks().unwrap(), *books);
        store.changes().unwrap()
    };
    let (one, two) = (book("id = 'a'"), book("id = 'b'"));
    let first = choose(&KeptCodebooks { own: vec![one.clone(), two], built_in: true });
    let second = choose(&KeptCodebooks { own: vec![one], built_in: false });
    assert!(second > first, "what was linked before is dropped");
    assert_eq!(choose(&KeptCodebooks { own: vec![book("id = 'a'")], built_in: false }), second);
    choose(&KeptCodebooks::default());
    drop(store);
    let raw = rusqlite::Connection::open(folder.file()).unwrap();
    let kept: i64 = raw.query_row("SELECT count(*) FROM codebooks", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, 2, "the same text is kept once");
    assert!(raw.execute("DELETE FROM codebooks", []).unwrap_err().to_string().contains("kept for ever"));
    assert!(
        raw.execute("UPDATE codebook_choices SET built_in = 1", [])
            .unwrap_err()
            .to_string()
            .contains("never changed")
    );
}

#[test]
fn a_batch_that_is_not_committed_leaves_nothing() {
    let folder = Folder::new("batch");
    let mut store = write(&folder.file());
    let page = page(&source(), "a.html", None);
    let mut batch = store.batch(&mut |_| true).unwrap();
    batch.keep(&Packed::new(&page), &sighting(&page), READER).unwrap();
    drop(batch);
    assert_eq!(store.pages().unwrap(), []);
    assert!(keep(&mut store, &page).new_page);
}

#[test]
fn a_second_writer_waits_and_then_hears_why_not_while_readers_read() {
    let folder = Folder::new("busy");
    let mut first = write(&folder.file());
    keep(&mut first, &page(&source(), "a.html", None));
    let mut second = write(&folder.file());
    let held = first.batch(&mut |_| true).unwrap();
    let mut asked = 0;
    let error = second
        .batch(&mut |_| {
            asked += 1;
            true
        })
        .err()
        .expect("the first one writes");
    assert!(matches!(error.kind(), StoreErrorKind::Busy), "{error}");
    assert_eq!(asked, 1, "after each wait but the last it is asked whether to go on");
    assert_eq!(Store::open(&folder.file()).unwrap().articles().unwrap().len(), 1);
    held.commit().unwrap();
    assert!(second.batch(&mut |_| true).is_ok());
}

#[test]
fn a_full_disk_keeps_every_finished_batch() {
    let folder = Folder::new("full");
    let mut store =
        Store::open_to_write(&folder.file(), &Settings { waits: 2, most_pages: Some(80) }).unwrap();
    let mut kept = 0;
    let error = loop {
        // Words that hardly pack: digits of a hash.
        let words: String = (0..400)
            .map(|n| chancery_model::PageId::of(format!("{kept} {n}").as_bytes()).to_string())
            .collect();
        let page = page(&words, &format!("{kept}.html"), None);
        let mut batch = store.batch(&mut |_| true).unwrap();
        match batch.keep(&Packed::new(&page), &sighting(&page), READER).and_then(|_| batch.commit()) {
            Ok(()) => kept += 1,
            Err(error) => break error,
        }
        assert!(kept < 1000, "the limit is never reached");
    };
    assert!(matches!(error.kind(), StoreErrorKind::Full), "{error}");
    assert!(error.to_string().ends_with("talks.chancery: the disk is full"));
    drop(store);
    assert!(kept > 0);
    let store = Store::open(&folder.file()).unwrap();
    assert_eq!(store.pages().unwrap().len(), kept);
    assert_eq!(store.integrity().unwrap(), Vec::<String>::new());
}

#[test]
fn files_that_are_no_records_say_so() {
    let folder = Folder::new("none");
    let file = folder.file();
    assert!(trouble(Store::open(&file)).ends_with("there is no such record"));
    std::fs::write(&file, "<html>not a record, and longer than sixteen bytes</html>").unwrap();
    assert!(trouble(Store::open(&file)).ends_with("(not an SQLite file)"));
    assert!(trouble(Store::open_to_write(&file, &Settings::default())).ends_with("(not an SQLite file)"));
    std::fs::write(&file, "").unwrap();
    assert!(trouble(Store::open(&file)).ends_with("it is empty, nothing was ever kept in it"));
    std::fs::write(&file, "short").unwrap();
    assert!(trouble(Store::open_to_write(&file, &Settings::default())).ends_with("(not an SQLite file)"));
    assert!(trouble(Store::open(&folder.0)).ends_with("(not an SQLite file)"));
    std::fs::remove_file(&file).unwrap();
    rusqlite::Connection::open(&file).unwrap().execute_batch("CREATE TABLE recipes (name)").unwrap();
    assert!(trouble(Store::open(&file)).ends_with("(an SQLite file of another program)"));
    assert!(
        trouble(Store::open_to_write(&file, &Settings::default()))
            .ends_with("(an SQLite file of another program)")
    );
}

#[test]
fn a_record_of_a_newer_version_is_left_alone() {
    let folder = Folder::new("newer");
    drop(write(&folder.file()));
    let raw = rusqlite::Connection::open(folder.file()).unwrap();
    raw.pragma_update(None, "user_version", FORMAT + 1).unwrap();
    drop(raw);
    let says = format!("written by a newer chancery (format {}; this one knows {FORMAT})", FORMAT + 1);
    assert!(trouble(Store::open(&folder.file())).ends_with(&says));
    assert!(trouble(Store::open_to_write(&folder.file(), &Settings::default())).ends_with(&says));
    assert_eq!(APPLICATION_ID.to_be_bytes(), *b"CHNC");
}

#[test]
fn damaged_bytes_are_named() {
    let folder = Folder::new("damaged");
    let page = page(&source(), "a.html", None);
    keep(&mut write(&folder.file()), &page);
    let raw = rusqlite::Connection::open(folder.file()).unwrap();
    raw.execute_batch("UPDATE articles SET map = x'80'; UPDATE furniture SET reason = 'spite'").unwrap();
    drop(raw);
    let store = Store::open(&folder.file()).unwrap();
    let error = store.reading(page.id).expect_err("the map is damaged").to_string();
    assert!(error.contains("it is damaged: article a") && error.ends_with("the map of its text"), "{error}");
}

#[test]
fn a_record_in_a_folder_without_rights_to_write_is_read() {
    let folder = Folder::new("readonly");
    keep(&mut write(&folder.file()), &page(&source(), "100% a?.html", None));
    let odd = folder.0.join("100% #1?.chancery");
    std::fs::rename(folder.file(), &odd).unwrap();
    let rights = |mode| {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&folder.0, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    rights(0o555);
    let count = Store::open(&odd).map(|store| store.articles().map(|a| a.len()));
    rights(0o755);
    assert_eq!(count.unwrap().unwrap(), 1);
}
