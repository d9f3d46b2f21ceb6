use chancery_model::{BlockKind, Known, MediaKind, Page, PageReading};

fn read(text: &str) -> PageReading {
    let page = Page::new(text.as_bytes().to_vec(), "page".to_owned(), MediaKind::Text, Known::default());
    crate::read_page(&page)
}

/// Two stories as a content system saves them: headline, pictures, buttons, headline again, bullets, dateline.
const TWO: &str = "Kelmar and Norland resume ferry talks

1 / 2
The two ministers meet in the old customs hall in Aldmoor on June 4, 2031. (AFP)
2 / 2
The Kelmar envoy arrives at the port on Monday for the talks. (Getty Images via AFP)
Short Url
Updated 04 June 2031
Follow

Kelmar and Norland resume ferry talks

  • The talks had been broken off in May

ALDMOOR: Ministers from Kelmar and Norland met on Wednesday in a last attempt to save the ferry accord.
The two sides had not spoken since May, a senior official told AFP.
“We are here to sign,” the Kelmar minister said.

- What divides them -

Norland wants the harbour dues halved before the first boat sails.
Kelmar has refused that three times.


Wage strike closes Norland’s mines

Updated 3 sec ago
Follow

Wage strike closes Norland’s mines

  • Miners ask for a tenth more

TARN: Miners in the north of Norland laid down work on Monday and closed all eleven pits.
The owners called the strike unlawful.
";

#[test]
fn lines_above_a_saved_page_are_its_header() {
    let reading = read(
        "Title: Kelmar reopens its port\nURL: https://post.example/kelmar-port\nDate: 4 June 2031\nSite: The Harbour Post\n\n\
         The port of Kelmar opened again on Wednesday after a strike of eleven days.\nThe pilots had asked for a tenth more.\n",
    );
    let [article] = &reading.articles[..] else { panic!("{:?}", reading.articles) };
    assert_eq!(article.title.as_ref().unwrap().words, "Kelmar reopens its port");
    assert_eq!(article.published.when.as_ref().unwrap().to_string(), "2031-06-04");
    assert_eq!(article.url.as_deref(), Some("https://post.example/kelmar-port"));
    assert_eq!(article.outlet.as_deref(), Some("The Harbour Post"));
    assert!(article.body_text().starts_with("The port of Kelmar"));
    // One label alone is a line of the story.
    let reading = read("Date: unknown\n\nThe port of Kelmar opened again on Wednesday, the pilots said.\n");
    assert!(reading.articles[0].url.is_none());
}

#[test]
fn captions_and_invitations_are_no_text() {
    let reading = read(
        "Kelmar reopens its port\n\nBoats at the quay of Kelmar on Wednesday. (Tidewater)\nShort Url\nUpdated 04 June 2031\n\n\
         ALDMOOR: The port of Kelmar opened again on Wednesday after a strike of eleven days.\n\
         The pilots had asked for a tenth more and got it.\nSign up for our newsletter\nA letter a day, and you can leave whenever you like.\n",
    );
    let text = reading.articles[0].body_text();
    assert!(!text.contains("Boats at the quay") && !text.contains("A letter a day"), "{text}");
    assert!(!reading.articles[0].blocks.iter().any(|b| b.kind == BlockKind::Standfirst));
}

#[test]
fn two_stories_of_one_page_are_two_articles() {
    let reading = read(TWO);
    let titles: Vec<_> = reading.articles.iter().map(|a| a.title.as_ref().unwrap().words.as_str()).collect();
    assert_eq!(titles, ["Kelmar and Norland resume ferry talks", "Wage strike closes Norland’s mines"]);
    let first = &reading.articles[0];
    assert!(first.body_text().starts_with("ALDMOOR: Ministers"));
    assert!(first.body_text().ends_with("refused that three times."));
    assert_eq!(first.published.when.as_ref().unwrap().to_string(), "2031-06-04");
    assert_eq!(first.agency.as_deref(), Some("AFP"));
    assert_eq!(first.dateline.as_ref().unwrap().places, ["ALDMOOR"]);
    let kinds: Vec<_> = first.blocks.iter().map(|b| b.kind).collect();
    assert!(kinds.starts_with(&[BlockKind::Headline, BlockKind::Standfirst, BlockKind::Paragraph]));
    assert!(kinds.contains(&BlockKind::Heading));
}

#[test]
fn a_trailing_story_has_no_date_but_its_own() {
    let reading = read(TWO);
    let second = &reading.articles[1];
    assert!(second.published.when.is_err(), "{:?}", second.published);
    assert_eq!(second.dateline.as_ref().unwrap().places, ["TARN"]);
}

#[test]
fn everything_outside_the_stories_is_furniture_with_a_reason() {
    let reading = read(TWO);
    let shown: Vec<_> = reading.furniture.iter().map(|f| (f.reason.word(), f.cite.words.as_str())).collect();
    let reasons: Vec<_> = shown.iter().map(|f| f.0).collect();
    let want = [
        "picture counter",
        "caption",
        "picture counter",
        "caption",
        "share",
        "update stamp",
        "share",
        "repeated headline",
        "update stamp",
        "share",
        "repeated headline",
    ];
    assert_eq!(reasons, want, "{shown:?}");
}

#[test]
fn no_bytes_are_too_odd() {
    let pages: [&[u8]; 8] = [
        b"",
        b"\n\n\n",
        b"\xff\xfe\x00",
        b"\0\0\0",
        b"-",
        b"\xe2\x80\xa2",
        b"(((((\n\xe2\x80\x94\n:",
        b"1 / 2\n\n1 / 2",
    ];
    for bytes in pages {
        let page = Page::new(bytes.to_vec(), "page".to_owned(), MediaKind::Text, Known::default());
        let reading = crate::read_page(&page);
        assert!(reading.articles.is_empty(), "{bytes:?}");
    }
}
