//! Whatever comes in, a typed error or a sane result comes out.

mod common;

use common::{ANNOTATOR, asset};
use mingzhu::{Annotator, Article, Assets, Error, OffsetUnit};
use proptest::prelude::*;

/// Every promise the records make about themselves.
fn check(article: &Article, text: &str) {
    assert_eq!(article.length as usize, text.len());
    let mut spans: Vec<(u32, u32)> = article.mentions.iter().map(|m| (m.start, m.end)).collect();
    assert!(spans.is_sorted(), "mentions in order");
    assert!(article.titles.is_sorted_by_key(|title| title.start), "titles in order");
    spans.extend(article.titles.iter().map(|title| (title.start, title.end)));
    spans.sort_unstable();
    for (start, end) in &spans {
        assert!(start < end);
        let named = text.get(*start as usize..*end as usize).expect("on the borders of characters");
        assert!(named.starts_with(char::is_alphanumeric), "{named:?}");
    }
    assert!(spans.windows(2).all(|pair| pair[0].1 <= pair[1].0), "no overlap");
    for (i, mention) in article.mentions.iter().enumerate() {
        assert!((0.0..=1.0).contains(&mention.score));
        let entity = &article.entities[mention.entity as usize];
        assert!(entity.mentions.contains(&(i as u32)));
        assert_eq!(entity.kind, mention.kind);
    }
    for office in &article.offices {
        let person = &article.mentions[office.person as usize];
        assert!(person.kind.is_human());
        assert!(article.titles.get(office.title as usize).is_some());
        for at in [office.body, office.place].into_iter().flatten() {
            assert!(!article.mentions[at as usize].kind.is_human());
        }
    }
    for entity in &article.entities {
        assert!(!entity.name.is_empty() && !entity.mentions.is_empty());
        assert!(entity.offices.iter().all(|office| (*office as usize) < article.offices.len()));
    }
}

#[test]
fn nothing_is_found_in_nothing() {
    for text in ["", " \n\u{3000}\r\n", "\u{FEFF}\u{200B}", "!?。，", "\0\u{1}\u{7F}"] {
        let article = ANNOTATOR.annotate(text).unwrap();
        check(&article, text);
        assert!(article.mentions.is_empty(), "{text:?}: {:?}", article.mentions);
        assert_eq!(ANNOTATOR.annotate(text).unwrap(), article);
    }
}

#[test]
fn text_without_chinese_is_read_in_peace() {
    let text = "The quick brown fox jumps over the lazy dog. ".repeat(50) + "Съешь ещё этих мягких. 😀👩‍👩‍👧‍👦";
    check(&ANNOTATOR.annotate(&text).unwrap(), &text);
}

#[test]
fn ten_megabytes_are_read() {
    let passage = "云溪县副县长陈立群说，江城大学与东海医院将签署协议。😀\r\n";
    let text = passage.repeat(10_000_000 / passage.len());
    let article = ANNOTATOR.annotate(&text).unwrap();
    check(&article, &text);
    // Every copy reads the same, so each kind of mention comes as often as the passage.
    assert!(article.mentions.len() >= text.len() / passage.len());
}

#[test]
fn rubbish_without_an_end_is_read() {
    let bytes: Vec<u8> = (0..300_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    check(&ANNOTATOR.annotate(&text).unwrap(), &text);
    let text = "中".repeat(300_000);
    check(&ANNOTATOR.annotate(&text).unwrap(), &text);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_gives_a_sound_article(
        text in "(?s:副?[市县]?[委长][、，。 \n　]|[王李欧阳]{1,3}[说任]|滨州\n?市?|[（）《》“”]|\\PC|.){0,60}",
    ) {
        let article = ANNOTATOR.annotate(&text).unwrap();
        check(&article, &text);
        for unit in [OffsetUnit::Utf16, OffsetUnit::CodePoints] {
            let converted = article.clone().with_unit(&text, unit);
            let units: Vec<u16> = text.encode_utf16().collect();
            let chars: Vec<char> = text.chars().collect();
            for (mention, there) in article.mentions.iter().zip(&converted.mentions) {
                let named = &text[mention.start as usize..mention.end as usize];
                let range = there.start as usize..there.end as usize;
                let cut = match unit {
                    OffsetUnit::Utf16 => String::from_utf16(&units[range]).unwrap(),
                    _ => chars[range].iter().collect(),
                };
                prop_assert_eq!(cut, named);
            }
        }
    }

    #[test]
    fn steps_give_what_one_run_gives(step in 1usize..60) {
        let text = "云溪县副县长陈立群说。江城大学校长吴敏出席！陈立群强调？".repeat(5);
        let mut reading = ANNOTATOR.begin(&text).unwrap();
        while !reading.advance(step) {}
        prop_assert_eq!(reading.finish(), ANNOTATOR.annotate(&text).unwrap());
    }

    #[test]
    fn words_cover_all_but_white_space(text in "(?s:[滨州市委书记王A1 \n　，😀]|.){0,60}") {
        let mut end = 0;
        for token in ANNOTATOR.segment(&text).unwrap() {
            prop_assert!(token.start < token.end);
            let skipped = &text[end..token.start as usize];
            prop_assert!(skipped.chars().all(|c| !c.is_alphanumeric()), "{skipped:?}");
            end = token.end as usize;
        }
        prop_assert!(text[end..].chars().all(|c| !c.is_alphanumeric()));
    }
}

/// Loads the assets with one of them replaced.
fn load_with(name: &str, bytes: &[u8]) -> mingzhu::Result<Annotator> {
    let files = ["dictionary.mz", "gazetteer.mz", "model.mz"]
        .map(|file| if file == name { bytes.to_vec() } else { asset(file) });
    Annotator::load(Assets { dictionary: &files[0], gazetteer: &files[1], model: &files[2] })
}

#[test]
fn a_damaged_asset_is_refused_by_name() {
    for name in ["dictionary.mz", "gazetteer.mz", "model.mz"] {
        let whole = asset(name);
        let refused = |bytes: &[u8], code: &str| {
            let error = load_with(name, bytes).map(|_| ()).unwrap_err();
            assert_eq!(error.code(), code, "{error}");
            assert!(error.to_string().starts_with(name), "{error}");
            assert!(!error.hint().is_empty());
        };
        refused(b"", "ASSET_MAGIC");
        refused(b"<!doctype html><title>404</title> not found here", "ASSET_MAGIC");
        refused(&whole[..10], "ASSET_LENGTH");
        refused(&whole[..whole.len() / 2], "ASSET_LENGTH");
        refused(&[&whole[..], b"\0"].concat(), "ASSET_LENGTH");
        for at in [24, whole.len() / 3, whole.len() - 1] {
            let mut flipped = whole.clone();
            flipped[at] ^= 4;
            refused(&flipped, "ASSET_CHECKSUM");
        }
        let mut newer = whole.clone();
        newer[12] += 1;
        refused(&newer, "ASSET_VERSION");
    }
}

#[test]
fn an_asset_in_the_wrong_place_is_refused() {
    let error = load_with("model.mz", &asset("gazetteer.mz")).map(|_| ()).unwrap_err();
    assert!(matches!(error, Error::AssetKind { .. }), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// The checksum guards against accidents; whoever forges one must not cause a panic either.
    #[test]
    fn a_forged_asset_never_panics(
        which in 0usize..3,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..30),
        near_the_start in any::<bool>(),
    ) {
        let name = ["dictionary.mz", "gazetteer.mz", "model.mz"][which];
        let mut bytes = asset(name);
        let end = if near_the_start { 600.min(bytes.len()) } else { bytes.len() };
        for (at, value) in changes {
            let at = 24 + at.index(end - 24);
            bytes[at] = value;
        }
        let checksum = crc32fast::hash(&bytes[24..]);
        bytes[16..20].copy_from_slice(&checksum.to_le_bytes());
        match load_with(name, &bytes) {
            Ok(annotator) => {
                let text = "滨州市副市长陈立群，出席会议。";
                let article = annotator.annotate(text).unwrap();
                prop_assert_eq!(article.length as usize, text.len());
            }
            Err(error) => prop_assert!(error.to_string().starts_with(name)),
        }
    }
}
