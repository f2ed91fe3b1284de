//! What resolving must keep, whatever the text: spans, sound indices, the order of terms; and
//! that its work grows with the text and not with its square.

mod common;

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use common::ANNOTATOR;
use mingzhu::{Article, Context, Kind, Label, Labelled, Term};
use proptest::prelude::*;

thread_local! {
    static ALLOCATED: Cell<u64> = const { Cell::new(0) };
}

/// Counts what a thread asks for: work that is the same on every machine.
struct Counting;

#[expect(unsafe_code, reason = "an allocator is one; it only counts and passes on")]
// SAFETY: every call goes to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // Fails only while a thread ends.
        let _ = ALLOCATED.try_with(|count| count.set(count.get() + layout.size() as u64));
        // SAFETY: the caller's layout, passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller's pointer and layout, which the system gave.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Texts of names, titles and what stands between them in news.
fn text_and_spans() -> impl Strategy<Value = (String, Vec<Labelled>)> {
    let piece = prop_oneof![
        (
            prop::sample::select(vec!["王刚", "王", "李小梅", "小梅", "欧阳明", "汤姆·哈里森", "哈里森"]),
            Just(Some(Label::Person))
        ),
        (
            prop::sample::select(vec!["滨州市", "滨州", "沾化区", "鼓楼区", "山东省", "长泾镇"]),
            Just(Some(Label::Place))
        ),
        (
            prop::sample::select(vec!["市妇联", "滨州市妇联", "滨州日报", "省委", "市委"]),
            Just(Some(Label::Organization))
        ),
        (
            prop::sample::select(vec!["市长", "市委书记、代市长", "原副局长", "记者", "区委常委兼秘书长"]),
            Just(Some(Label::Title))
        ),
        (
            prop::sample::select(vec![
                "。",
                "、",
                "，",
                "（",
                "）",
                "任",
                "免去",
                "的",
                "职务",
                "我市",
                "全省",
                "\n",
                "讯",
                "以下简称"
            ]),
            Just(None)
        ),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| {
        let (mut text, mut spans) = (String::new(), Vec::new());
        for (piece, label) in pieces {
            let start = text.len() as u32;
            text.push_str(piece);
            let end = text.len() as u32;
            spans.extend(label.map(|label| Labelled { start, end, label, score: 0.9 }));
        }
        (text, spans)
    })
}

fn assert_sound(article: &Article) {
    let has = |list: usize, index: u32| assert!((index as usize) < list);
    let (mentions, entities) = (article.mentions.len(), article.entities.len());
    for mention in &article.mentions {
        has(entities, mention.entity);
    }
    for office in &article.offices {
        has(mentions, office.person);
        has(article.titles.len(), office.title);
        office.body.into_iter().chain(office.place).for_each(|index| has(mentions, index));
        assert!(!office.posts.is_empty());
        for span in &office.evidence {
            assert!(span.start < span.end && span.end <= article.length);
        }
    }
    for (e, entity) in article.entities.iter().enumerate() {
        assert!(!entity.mentions.is_empty());
        assert!(entity.mentions.is_sorted_by(|a, b| a < b));
        for mention in &entity.mentions {
            assert_eq!(article.mentions[*mention as usize].entity as usize, e);
            assert_eq!(article.mentions[*mention as usize].kind, entity.kind);
        }
        for office in &entity.offices {
            // Sorted, and a megabyte may be one entity.
            assert!(entity.mentions.binary_search(&article.offices[*office as usize].person).is_ok());
        }
    }
    for reference in &article.references {
        reference.entity.into_iter().for_each(|entity| has(entities, entity));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn resolving_never_changes_a_span((text, spans) in text_and_spans()) {
        let article = ANNOTATOR.resolve(&text, spans.clone(), &Context::default()).unwrap();
        assert_sound(&article);
        let of = |is_title: bool| {
            let spans = spans.iter().filter(move |span| (span.label == Label::Title) == is_title);
            spans.map(|span| (span.start, span.end)).collect::<Vec<_>>()
        };
        prop_assert_eq!(article.mentions.iter().map(|m| (m.start, m.end)).collect::<Vec<_>>(), of(false));
        prop_assert_eq!(article.titles.iter().map(|t| (t.start, t.end)).collect::<Vec<_>>(), of(true));
    }

    #[test]
    fn what_is_left_out_leaves_no_index_behind(min_score in 0.0f32..1.0) {
        let text = "滨州市委书记宋一鸣到沾化区调研，市妇联主席吴敏、记者周明远参加。宋书记说，我市要抓好落实。";
        let article = ANNOTATOR.begin(text).unwrap().with_min_score(min_score).complete();
        assert_sound(&article);
        let whole = ANNOTATOR.annotate(text).unwrap();
        let spans: Vec<(u32, u32)> = whole.mentions.iter().map(|m| (m.start, m.end)).collect();
        prop_assert!(article.mentions.iter().all(|m| spans.contains(&(m.start, m.end))));
        // What is left means what it means in the whole text.
        let said = |article: &Article| -> Vec<_> {
            let of = |o: &mingzhu::Office| {
                (article.mentions[o.person as usize].start, article.titles[o.title as usize].start, o.posts.clone())
            };
            article.offices.iter().map(of).collect()
        };
        let all = said(&whole);
        prop_assert!(said(&article).iter().all(|office| all.contains(office)));
        let name = |article: &Article, m: &mingzhu::Mention| article.entities[m.entity as usize].name.clone();
        for mention in &article.mentions {
            let same = whole.mentions.iter().find(|m| m.start == mention.start).unwrap();
            prop_assert_eq!(name(&article, mention), name(&whole, same));
        }
        prop_assert_eq!(article.home, whole.home);
    }

    #[test]
    fn the_order_of_terms_changes_nothing(order in Just(vec![
        ("青禾计划", Kind::Organization), ("宋一鸣", Kind::Official), ("云泽", Kind::Place),
        ("云泽市妇联", Kind::Organization), ("一鸣", Kind::Person),
    ]).prop_shuffle()) {
        let text = "云泽市委书记宋一鸣说，青禾计划由云泽市妇联牵头，市妇联要求云泽各地落实。一鸣书记强调。";
        let read = |terms: Vec<(&str, Kind)>| {
            let mut annotator = ANNOTATOR.clone();
            annotator.add_terms(terms.into_iter().map(|(text, kind)| Term::new(text, kind).unwrap()));
            annotator.annotate(text).unwrap()
        };
        let mut sorted = order.clone();
        sorted.sort_by_key(|(text, _)| *text);
        prop_assert_eq!(read(order), read(sorted));
    }
}

/// A text of nothing but names: `piece` gives the words of each and what stands behind them.
struct Names {
    text: String,
    spans: Vec<Labelled>,
}

impl Names {
    fn of(count: usize, piece: impl Fn(usize, &mut Names)) -> Self {
        let mut names = Names { text: String::new(), spans: Vec::new() };
        (0..count).for_each(|i| piece(i, &mut names));
        names
    }

    fn name(&mut self, label: Label, written: &str) -> &mut Self {
        let start = self.text.len() as u32;
        self.text.push_str(written);
        self.spans.push(Labelled { start, end: self.text.len() as u32, label, score: 0.9 });
        self
    }

    fn words(&mut self, words: &str) -> &mut Self {
        self.text.push_str(words);
        self
    }

    /// What resolving them asks the allocator for.
    fn work(self) -> u64 {
        let before = ALLOCATED.get();
        let article = ANNOTATOR.resolve(&self.text, self.spans, &Context::default()).unwrap();
        let asked = ALLOCATED.get() - before;
        assert_sound(&article);
        asked
    }
}

/// A character that stands for a number, and others for others.
fn han(i: usize) -> char {
    char::from_u32(0x4E00 + (i % 20_000) as u32).unwrap()
}

/// A name of three characters for each number below four hundred million.
fn own(i: usize) -> String {
    ['王', han(i), han(i / 20_000 + i * 7)].iter().collect()
}

#[test]
fn a_megabyte_of_names_takes_work_in_proportion_whatever_their_shape() {
    use Label::{Organization, Person, Place, Title};
    type Shape = (&'static str, usize, fn(usize, &mut Names));
    let shapes: [Shape; 16] = [
        ("all different", 9, |i, names| {
            names.name(Person, &own(i));
        }),
        ("one name", 9, |_, names| {
            names.name(Person, "王小刚");
        }),
        ("one name, in a list behind one title", 12, |i, names| {
            if i == 0 {
                names.words("時任").name(Title, "局長");
            }
            names.name(Person, "王小刚").words("、");
        }),
        ("surname and title", 12, |_, names| {
            names.name(Person, "王").name(Title, "市长").words("。");
        }),
        ("surnames of many, each with a title", 24, |i, names| {
            names.name(Title, "市长").name(Person, &own(i)).words("，");
            names.name(Person, "王").name(Title, "局长").words("。");
        }),
        ("titles joined", 12, |_, names| {
            names.name(Title, "副局长").words("、");
        }),
        ("given names", 16, |i, names| {
            names.name(Person, &own(i)).words("、");
            names.name(Person, &own(i)['王'.len_utf8()..]).words("、");
        }),
        ("foreign names by their last parts", 36, |i, names| {
            let name = own(i);
            names.name(Person, &format!("汤姆·{name}")).words("、").name(Person, &name).words("、");
        }),
        ("short forms of bodies", 36, |i, names| {
            names.name(Organization, &format!("{}市妇联", own(i))).words("、");
            names.name(Organization, "市妇联").words("、");
        }),
        ("one body by its forms", 19, |i, names| {
            names.name(Organization, ["滨州市妇联", "市妇联", "滨州市妇女联合会"][i % 3]).words("、");
        }),
        ("我市", 6, |_, names| {
            names.words("我市");
        }),
        ("该市 with no city near", 15, |i, names| {
            names.name(Person, &own(i)).words("该市");
        }),
        ("a name that many divisions bear", 9, |_, names| {
            names.name(Place, "鼓楼区");
        }),
        ("cities by turns", 21, |i, names| {
            names.name(Place, ["南京", "福州", "徐州"][i % 3]).words("、").name(Place, "鼓楼区").words("。");
        }),
        ("brackets in brackets", 30, |i, names| {
            names.name(Organization, &own(i)).words("（以下简称“");
        }),
        ("names in brackets, one after the other", 15, |i, names| {
            names.name(Person, &own(i)).words("（").name(Person, &own(i + 1)).words("）");
        }),
    ];
    Names::of(100, shapes[0].2).work();
    for (name, bytes, piece) in shapes {
        let count = (1 << 20) / bytes;
        let part = Names::of(count / 8, piece).work();
        let whole = Names::of(count, piece);
        assert!(whole.text.len() > 800_000, "{name}: {}", whole.text.len());
        // Eight times the text; what doubles to grow may round up once.
        let whole = whole.work();
        assert!(whole < 16 * part, "{name}: {part} bytes asked for, then {whole}");
    }
}
