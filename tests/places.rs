//! Which division a place is, where an article is, and what 我市 and 市妇联 mean in it: on marked
//! passages, whatever the model finds, and on the demo article as it comes out.

mod common;

use common::{ANNOTATOR, asset, marked};
use mingzhu::{Article, Context, Entry, Evidence, Kind, Open};

fn told(passage: &str, context: &Context) -> (String, Article) {
    let (text, spans) = marked(passage);
    let article = ANNOTATOR.resolve(&text, spans, context).unwrap();
    (text, article)
}

/// What each place mention is: its code, or why there is none.
fn places(passage: &str) -> Vec<Result<u32, Open>> {
    let (_, article) = told(passage, &Context::default());
    let entity = |m: &mingzhu::Mention| &article.entities[m.entity as usize];
    let places = article.mentions.iter().filter(|m| m.kind == Kind::Place).map(entity);
    places.map(|e| e.division.as_ref().map(|d| d.code).ok_or_else(|| e.open.unwrap())).collect()
}

/// What is referred to: the words, and the full name or the reason.
fn references(passage: &str) -> Vec<(String, Result<String, Open>)> {
    let (text, article) = told(passage, &Context::default());
    let words = |r: &mingzhu::Reference| text[r.start as usize..r.end as usize].to_owned();
    article.references.iter().map(|r| (words(r), r.name.clone().ok_or_else(|| r.open.unwrap()))).collect()
}

fn named(words: &str, name: &str) -> (String, Result<String, Open>) {
    (words.into(), Ok(name.into()))
}

fn open(words: &str, reason: Open) -> (String, Result<String, Open>) {
    (words.into(), Err(reason))
}

#[test]
fn divisions_are_known_by_the_names_news_writes() {
    assert_eq!(places("[滨州|L]、[山东省滨州市沾化区|L]、[浦东|L]"), [Ok(3716), Ok(371603), Ok(310115)]);
    assert_eq!(
        places("[恩施州|L]、[延边|L]、[长阳县|L]、[内蒙古|L]"),
        [Ok(4228), Ok(2224), Ok(420528), Ok(15)]
    );
    assert_eq!(places("[美国|L]、[长江|L]"), [Err(Open::Unknown), Err(Open::Unknown)]);
}

#[test]
fn a_name_that_several_bear_means_what_the_article_supports() {
    assert_eq!(places("[鼓楼区|L]下雨。"), [Err(Open::Ambiguous)]);
    assert_eq!(places("[南京|L]下雨，[鼓楼区|L]雨大。"), [Ok(3201), Ok(320106)]);
    assert_eq!(places("[福州|L]下雨，[鼓楼区|L]雨大。"), [Ok(3501), Ok(350102)]);
    assert_eq!(places("[徐州市|L][鼓楼区|L]下雨，[南京|L]天晴。"), [Ok(3203), Ok(320302), Ok(3201)]);
    assert_eq!(places("[西安|L]下雨。"), [Ok(6101)]);
    assert_eq!(places("[河北|L]、[天津|L]下雨。"), [Ok(13), Ok(12)]);
    assert_eq!(places("[泰山|L]下雪。"), [Err(Open::Ambiguous)]);
    assert_eq!(places("福州日报讯（记者 [王刚|P]）[鼓楼区|L]下雨。"), [Ok(350102)]);
}

#[test]
fn traditional_characters_are_the_same_places() {
    assert_eq!(places("[濱州市|L][無棣縣|L]"), [Ok(3716), Ok(371623)]);
}

#[test]
fn where_an_article_is() {
    let home = |passage: &str, context: Context| {
        told(passage, &context).1.home.map(|home| (home.division.code, home.evidence))
    };
    let none = Context::default;
    assert_eq!(home("滨州日报/滨州网讯(记者 [王刚|P])全市…", none()), Some((3716, Evidence::Masthead)));
    assert_eq!(home("本报[济南|L]3月5日电 会议召开。", none()), Some((3701, Evidence::Dateline)));
    // What an agency reports from the capital is not about it.
    let wire = "新华社[北京|L]3月5日电 [滨州市|L]与[滨州|L]各县。";
    assert_eq!(home(wire, none()), Some((3716, Evidence::Places)));
    assert_eq!(home("会议召开。", none()), None);
    // A paper's own reporter is where it is about, unless he went to the capital.
    assert_eq!(home("本报[济南|L]3月5日电 [滨州市|L]代表参加。", none()), Some((3701, Evidence::Dateline)));
    assert_eq!(home("本报[北京|L]3月5日电 [滨州市|L]代表参加。", none()), Some((3716, Evidence::Places)));
    // What bodies are called says little of where: once for each, and 上海合作组织 nothing.
    assert_eq!(home("[山东大学|O]、[山东大学|O]、[山东大学|O]、[山东大学|O]", none()), None);
    assert_eq!(home("[上海合作组织|O]、[上海合作组织|O]、[上海合作组织|O]", none()), None);
    let context = |place: &str| Context { place: Some(place.into()), ..Context::default() };
    assert_eq!(home("会议召开。", context("滨州")), Some((3716, Evidence::Context)));
    assert_eq!(home("会议召开。", context("371603")), Some((371603, Evidence::Context)));
    assert_eq!(home("会议召开。", context("鼓楼区")), None);
    let publisher = Context { publisher: Some("滨州日报".into()), ..Context::default() };
    assert_eq!(home("会议召开。", publisher), Some((3716, Evidence::Publisher)));
    let host = |host: &str| Context { host: Some(host.into()), ..Context::default() };
    assert_eq!(home("会议召开。", host("www.binzhou.gov.cn")), Some((3716, Evidence::Publisher)));
    assert_eq!(home("会议召开。", host("news.example.com")), None);
    // 苏州 and 宿州 are one word to a host.
    assert_eq!(home("会议召开。", host("www.suzhou.gov.cn")), None);
}

#[test]
fn references_mean_what_the_home_makes_them() {
    let masthead = "滨州日报讯（记者 [王刚|P]）";
    assert_eq!(
        references(&format!("{masthead}我市落实全省部署，[市妇联|O]、[市委|O]参加，我县也参加。")),
        [
            named("我市", "滨州市"),
            named("全省", "山东省"),
            named("市妇联", "滨州市妇女联合会"),
            named("市委", "中共滨州市委员会"),
            open("我县", Open::OtherLevel),
        ]
    );
    assert_eq!(
        references(&format!("{masthead}[无棣县|L]开会，[无棣县|L]强调，全县要努力，该县将落实。")),
        [named("全县", "无棣县"), named("该县", "无棣县")]
    );
    // 江阴 is a city in a city: the paper of either may say so.
    assert_eq!(references("[江阴市|L]开会，我市[江阴市|L]…"), [open("我市", Open::Ambiguous)]);
    assert_eq!(
        references("我市召开会议，[市委|O]出席。"),
        [open("我市", Open::NoHome), open("市委", Open::NoHome)]
    );
}

#[test]
fn a_bodys_own_full_name_beats_the_home() {
    let passage = "滨州日报讯 [东营市妇联|O]来访，[市妇联|O]介绍，[市总工会|O]接待。";
    assert_eq!(references(passage), [named("市妇联", "东营市妇女联合会"), named("市总工会", "滨州市总工会")]);
}

#[test]
fn words_that_only_look_like_references_are_none() {
    let passage = "滨州日报讯 安全区、资本市场、全市场、本区域、自我省察、健全市县机制。";
    assert_eq!(references(passage), []);
}

#[test]
fn townships_are_known_when_they_are_asked_for() {
    let mut annotator = ANNOTATOR.clone();
    annotator.add_townships(&asset("townships.mz")).unwrap();
    let (text, spans) = marked("[江阴市长泾镇|L]、[江阴|L]");
    let article = annotator.resolve(&text, spans, &Context::default()).unwrap();
    let division = article.entities[0].division.as_ref().unwrap();
    assert_eq!(division.path, "江苏省/无锡市/江阴市/长泾镇");
    assert_eq!(division.code / 1000, 320281);
    // The others are as they were.
    assert_eq!(places("[江阴市长泾镇|L]"), [Err(Open::Unknown)]);
}

#[test]
fn a_users_divisions_and_bodies_are_known_too() {
    let mut annotator = ANNOTATOR.clone();
    let entry = |name: &str, form: &str, code| Entry::new(name, [form.to_owned()], code).unwrap();
    annotator.add_entries([
        entry("滨州经济技术开发区", "滨州经开区", Some(371671)),
        entry("滨州市青禾计划办公室", "青禾办", None),
    ]);
    let (text, spans) = marked("[滨州经开区|L]、[滨州市|L]、[青禾办|O]");
    let article = annotator.resolve(&text, spans, &Context::default()).unwrap();
    let division = article.entities[0].division.as_ref().unwrap();
    assert_eq!((division.code, &*division.path), (371671, "山东省/滨州市/滨州经济技术开发区"));
    assert_eq!(article.entities[2].name, "滨州市青禾计划办公室");
    assert_eq!(places("[滨州经开区|L]"), [Err(Open::Unknown)]);
}

#[test]
fn a_users_body_wins_over_what_a_reference_makes_up() {
    let mut annotator = ANNOTATOR.clone();
    annotator.add_entries([Entry::new("滨州市投资促进局", ["市招商办".to_owned()], None).unwrap()]);
    let (text, spans) = marked("滨州日报讯 [市招商办|O]说");
    let article = annotator.resolve(&text, spans, &Context::default()).unwrap();
    assert_eq!(article.entities[0].name, "滨州市投资促进局");
    assert_eq!(article.references[0].name.as_deref(), Some("滨州市投资促进局"));
}

#[test]
fn entries_are_taken_back_and_win_over_townships() {
    let mut annotator = ANNOTATOR.clone();
    let path = |annotator: &mingzhu::Annotator| {
        let (text, spans) = marked("[江阴市|L][长泾镇|L]");
        let article = annotator.resolve(&text, spans, &Context::default()).unwrap();
        article.entities[1].division.as_ref().map(|division| division.path.clone())
    };
    let zone = |name: &str| Entry::new(name, ["长泾镇".to_owned()], Some(320_281_110)).unwrap();
    let first = annotator.add_entries([zone("长泾古镇")]);
    let second = annotator.add_entries([zone("长泾新镇")]);
    annotator.add_townships(&common::asset("townships.mz")).unwrap();
    assert_eq!(path(&annotator).as_deref(), Some("江苏省/无锡市/江阴市/长泾新镇"));
    assert!(annotator.remove_entries(second));
    assert_eq!(path(&annotator).as_deref(), Some("江苏省/无锡市/江阴市/长泾古镇"));
    assert!(annotator.remove_entries(first) && !annotator.remove_entries(first));
    assert_eq!(path(&annotator).as_deref(), Some("江苏省/无锡市/江阴市/长泾镇"));
    assert_eq!(path(&ANNOTATOR), None);
}

#[test]
fn without_resolving_there_are_names_only() {
    let text = "滨州日报讯 我市副市长陈立群到滨城区调研。";
    let article = ANNOTATOR.begin(text).unwrap().without_resolving().complete();
    assert!(article.home.is_none() && article.references.is_empty());
    assert!(article.entities.iter().all(|entity| entity.division.is_none() && entity.open.is_none()));
    let resolved = ANNOTATOR.annotate(text).unwrap();
    let spans = |article: &Article| article.mentions.iter().map(|m| (m.start, m.end)).collect::<Vec<_>>();
    assert_eq!(spans(&article), spans(&resolved));
}

/// The article of the demo page, block by block.
fn demo() -> String {
    let page = std::fs::read_to_string(format!("{}/www/index.html", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let edition = page.split_once("<article").unwrap().1.rsplit_once("</article>").unwrap().0;
    let mut text = String::new();
    for part in edition.split('<').skip(1) {
        let (tag, words) = part.split_once('>').unwrap();
        if tag.starts_with('/') && !tag.starts_with("/span") {
            text.push_str("\n\n");
        }
        text.push_str(words.trim());
    }
    text
}

#[test]
fn every_place_of_the_demo_page_has_its_division() {
    const KNOWN: [(&str, u32); 8] = [
        ("滨州", 3716),
        ("滨州市", 3716),
        ("山东", 37),
        ("山东省", 37),
        ("无棣县", 371623),
        ("沾化区", 371603),
        ("邹平", 371681),
        ("惠民", 371621),
    ];
    let text = demo();
    let article = ANNOTATOR.annotate(&text).unwrap();
    let mut right = 0;
    for mention in article.mentions.iter().filter(|mention| mention.kind == Kind::Place) {
        let written: String = text[mention.start as usize..mention.end as usize].split_whitespace().collect();
        let code = article.entities[mention.entity as usize].division.as_ref().map(|division| division.code);
        let expected = KNOWN.iter().find(|(name, _)| *name == written).map(|(_, code)| *code);
        assert_eq!(code, expected, "{written}");
        right += usize::from(code.is_some());
    }
    assert!(right >= 20, "{right}");
    // None is missed: a known name stands in a mention, if not of a place then of a body or a paper,
    // or in a slogan.
    let is_quoted = |at: usize| text[..at].rfind('“') > text[..at].rfind('”');
    let missed: Vec<&str> = (KNOWN.iter())
        .flat_map(|(name, _)| text.match_indices(name))
        .filter(|(at, _)| !is_quoted(*at))
        .filter(|(at, _)| !article.mentions.iter().any(|m| m.start as usize <= *at && *at < m.end as usize))
        .map(|(at, _)| &text[at..text.floor_char_boundary(at + 30)])
        .collect();
    assert_eq!(missed, [""; 0]);
    assert_eq!(article.home.map(|home| home.division.code), Some(3716));
    for (words, code) in [("我市", 3716), ("全市", 3716), ("全省", 37)] {
        let at: Vec<u32> = text.match_indices(words).map(|(at, _)| at as u32).collect();
        let found: Vec<u32> = (article.references.iter())
            .filter(|r| r.division.as_ref().is_some_and(|division| division.code == code))
            .map(|r| r.start)
            .collect();
        let covered = |at: &u32| article.mentions.iter().any(|m| m.start <= *at && *at < m.end);
        assert!(at.iter().all(|at| found.contains(at) || covered(at)), "{words}");
    }
}

#[test]
fn the_one_city_of_an_article_that_speaks_of_its_own() {
    let home = |passage: &str| told(passage, &Context::default()).1.home.map(|home| home.division.code);
    assert_eq!(home("[市长|T][王刚|P]主持会议，部署我市复审。会议对[西安|L]治霾提出建议。"), Some(6101));
    assert_eq!(
        home("[市长|T][王刚|P]主持会议。会议对[西安|L]治霾提出建议。"),
        Some(61),
        "it may be of anywhere there"
    );
    assert_eq!(home("全市地质工作会议召开。完成了[桑植宝塔洛|L]、[慈利大浒镍钼矿区|L]的治理。"), Some(4308));
    assert_eq!(home("全市地质工作会议召开。完成了[桑植宝塔洛|L]的治理。"), None, "one half of a name");
    assert_eq!(home("全市会议召开。[西安|L]、[咸阳|L]代表参加。"), Some(61), "which of the two is not said");
    // Of several cities the one that is named most is likely, and its district no more than that.
    let (text, article) =
        told("[佛山顺德区大良街道|L]、[顺德区|L]代表到[中山|L]考察，我区介绍了情况。", &Context::default());
    let ours = article.references.iter().find(|r| &text[r.start as usize..r.end as usize] == "我区").unwrap();
    assert_eq!((ours.division.as_ref(), ours.open), (None, Some(Open::Ambiguous)));
}

#[test]
fn what_the_paragraph_names_counts_where_nothing_says_where_the_article_is() {
    let passage =
        "[滨州市公安局|O]抓获三人，[济南|L]、[青岛|L]、[北京|L]、[上海|L]各抓获一人。全市发案下降。";
    assert!(references(passage).contains(&open("全市", Open::NoHome)), "of three none");
    let passage = "[北京|L]、[上海|L]已有先例。[滨州市公安局|O]抓获三人，全市发案下降。";
    assert!(references(passage).contains(&named("全市", "滨州市")), "the one of its sentence");
    let passage = "[云南|L][德宏州|L][瑞丽市|L]恢复，全市复工。";
    assert!(references(passage).contains(&named("全市", "瑞丽市")));
}

#[test]
fn a_province_that_is_named_in_no_name_of_a_place() {
    assert_eq!(references("《河北省节水条例》施行，全省落实。"), [named("全省", "河北省")]);
    assert_eq!(references("三秦大地捷报频传，全省落实。"), [named("全省", "陕西省")]);
    assert_eq!(references("建设现代化新江西，全省落实。"), [named("全省", "江西省")]);
    assert_eq!(references("新年快到，全省落实。"), [open("全省", Open::NoHome)]);
}

#[test]
fn special_administrative_regions() {
    assert_eq!(places("[香港|L]、[香港特区|L]、[香港特别行政区|L]"), [Ok(81), Ok(81), Ok(81)]);
    assert_eq!(references("[澳门|L]放晴，[特区政府|O]说"), [named("特区政府", "澳门特别行政区政府")]);
    assert_eq!(references("[滨州市|L]放晴，[特区政府|O]说"), [open("特区政府", Open::OtherLevel)]);
}

/// The names of the bodies of a passage, each entity once.
fn bodies(passage: &str) -> Vec<String> {
    let (_, article) = told(passage, &Context::default());
    let bodies = article.entities.into_iter().filter(|e| e.kind == Kind::Organization);
    bodies.map(|e| e.name).collect()
}

#[test]
fn central_bodies_by_their_short_forms() {
    for (short, full) in [
        ("中共中央政治局", "中国共产党中央委员会政治局"),
        ("中共中央组织部", "中国共产党中央委员会组织部"),
        ("民盟中央", "中国民主同盟中央委员会"),
        ("全国人大财经委", "全国人民代表大会财政经济委员会"),
        ("国家发改委价格司", "国家发展和改革委员会价格司"),
        ("国家广电总局", "国家广播电视总局"),
        ("民盟天津市委会", "中国民主同盟天津市委员会"),
        ("澳门特区政府", "澳门特别行政区政府"),
        ("世贸组织", "世界贸易组织"),
    ] {
        assert_eq!(bodies(&format!("[{short}|O]和[{full}|O]说")), [full]);
    }
    // Other countries' and firms' are none of them.
    assert_eq!(
        bodies("[越共中央|O]、[中央大街管理局|O]、[星火组织|O]"),
        ["越共中央", "中央大街管理局", "星火组织"]
    );
}

#[test]
fn an_autonomous_county_called_by_its_people() {
    assert_eq!(places("[甘肃|L][东乡县|L]"), [Ok(62), Ok(622926)]);
    assert_eq!(places("[东乡|L]"), [Err(Open::Ambiguous)]);
}

#[test]
fn a_province_that_the_sentence_does_not_speak_of_is_not_its_own() {
    let passage = "[合肥市|L]通报，[合肥市教育局|O]、[合肥市财政局|O]整改。[湖南省审计厅|O]原[主任|T]、[省纪委|O]原[组长|T][王一|P]受审。";
    assert_eq!(references(passage), [open("省纪委", Open::Ambiguous)]);
}
