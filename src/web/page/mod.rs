//! One annotated element of a page: reads its text, paints what was found, and answers to
//! the reader. The JS shell brings text and record together and passes events on.

mod anchoring;
mod journey;
mod keyboard;
mod opening;
mod pointer;
mod scan;
mod text;
mod trees;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Error as JsError, Function, JsString, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, Event, HtmlElement, KeyboardEvent, Window};

use self::trees::rules_on;
use crate::article::Kind;
use crate::web::announce::Announcer;
use crate::web::card::Card;
use crate::web::dom::{as_element, closest_to, document_of, window_of};
use crate::web::filter::Filter;
use crate::web::ground::ground_under;
use crate::web::index::Index;
use crate::web::legend::Legend;
use crate::web::listen::{Frame, Listener, Timer};
use crate::web::painter::Painter;
use crate::web::place::Edges;
use crate::web::reading::Reading;
use crate::web::sheet::Sheet;
use crate::web::strings::Strings;
use crate::web::style::{Ground, kind_name};
use crate::web::text_view::{Blocks, Choices, TEXT_VIEW_VERSION, TextView};
use crate::web::trees::Tree;

/// A pointer that only passes opens nothing.
const OPEN_AFTER: i32 = 120;
/// Time to cross from the mention to the card (WCAG 1.4.13: hoverable).
const CLOSE_AFTER: i32 = 300;

/// Where a click means something else than the name under it.
const INTERACTIVE: &str = "a[href],button,input,select,textarea,label,summary,[contenteditable]";

/// What keeps the card open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Held {
    /// The pointer, on the mention or in the card.
    Pointer,
    /// The focus on an entry of the index or on a name in the text.
    Focus,
    /// A click, a tap or a key: until the reader closes it.
    Choice,
}

/// What the card stands beside.
enum Anchor {
    /// And where the pointer was.
    Mention(Option<(f64, f64)>),
    Element(Element),
}

struct Open {
    mention: u32,
    held: Held,
    anchor: Anchor,
    /// Where the anchor was drawn when the card was put beside it.
    at: Option<Edges>,
    /// Where the focus came from and goes back to.
    back: Option<HtmlElement>,
}

/// Listeners that live only while a card is open.
type WhileOpen = Vec<Listener>;

struct State {
    /// What was read last, until it is known what is in it.
    view: Option<Rc<TextView>>,
    /// What was found in it, until it is shown.
    offered: Option<Reading>,
    /// True while `show` is to come.
    awaited: bool,
    blocks: Blocks,
    reading: Option<Rc<Reading>>,
    filter: Filter,
    painter: Painter,
    announcer: Announcer,
    /// True when what is found next is to be announced.
    announce: bool,
    legend: Option<Legend>,
    index: Option<Rc<Index>>,
    card: Option<Rc<Card>>,
    open: Option<Open>,
    while_open: WhileOpen,
    hovered: Option<u32>,
    /// The mention that next and previous last went to.
    last: Option<u32>,
    point: (f64, f64),
    /// What the pointer is over is looked up with the next frame,
    hovering: Option<Frame>,
    /// and an open card follows its mention.
    following: Option<Frame>,
    timer: Option<Timer>,
}

struct Inner {
    window: Window,
    document: Document,
    root: Element,
    strings: Strings,
    emit: Function,
    /// The site's own cards: `own(entity, mention)` gives a node, or nothing for ours.
    own: Option<Function>,
    sheet: Sheet,
    choices: Choices,
    index_container: Option<Element>,
    card_wanted: bool,
    ground: Option<Ground>,
    /// True while we give the focus back, so that its return opens nothing.
    returning: Cell<bool>,
    state: RefCell<State>,
    listeners: RefCell<Vec<Listener>>,
    /// Where else than in the document the text stands.
    trees: RefCell<Vec<Tree>>,
}

/// See the module.
#[wasm_bindgen]
pub struct Page {
    /// `None` once disposed.
    inner: RefCell<Option<Rc<Inner>>>,
}

/// The text view of an element, of any document, without a page to annotate.
#[wasm_bindgen(js_name = textOf)]
pub fn text_of(root: &Element, options: &JsValue) -> Result<JsString, JsValue> {
    Ok(TextView::read(root, &choices(root, options)?).text().clone())
}

/// What to read besides what the rules say: `exclude` and `include` (selectors), `ariaHidden`
/// (false skips it), and what is read where it is true: `editable`, `foreign`, `shadow`, `frames`.
fn choices(root: &Element, options: &JsValue) -> Result<Choices, JsValue> {
    let selector = |name| {
        let selector = option(options, name).and_then(|value| value.as_string());
        match selector.filter(|selector| closest_to(root, selector).is_err()) {
            Some(selector) => Err(error("SELECTOR_INVALID", &format!("{name} is no selector: {selector}"))),
            None => Ok(option(options, name).and_then(|value| value.as_string())),
        }
    };
    let is = |name| option(options, name).is_some_and(|value| value.is_truthy());
    Ok(Choices {
        exclude: selector("exclude")?,
        include: selector("include")?,
        spoken: option(options, "ariaHidden").is_some_and(|value| value.is_falsy()),
        editable: is("editable"),
        foreign: is("foreign"),
        shadow: is("shadow"),
        frames: is("frames"),
    })
}

fn error(code: &str, message: &str) -> JsValue {
    let error = JsError::new(message);
    // Setting a property of a fresh object cannot fail.
    let _ = Reflect::set(&error, &"code".into(), &code.into());
    error.into()
}

fn option(options: &JsValue, name: &str) -> Option<JsValue> {
    let value = Reflect::get(options, &name.into()).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

fn kinds(list: &Array) -> Vec<Kind> {
    let names: Vec<String> = list.iter().filter_map(|name| name.as_string()).collect();
    Kind::ALL.into_iter().filter(|kind| names.iter().any(|name| name == kind_name(*kind))).collect()
}

#[wasm_bindgen]
impl Page {
    /// `options`: `strings` (a locale), `emit(name, detail)`, what `textOf` takes, and as
    /// wanted `legend` and `index` (elements to build them in), `card` (false for none),
    /// `own(entity, mention)` (a node for a card, or nothing for ours), `elements` (true to
    /// paint with elements), `ground` ("light" or "dark"), `kinds` (those shown at first).
    #[wasm_bindgen(constructor)]
    pub fn new(root: Element, options: JsValue) -> Result<Page, JsValue> {
        let document = document_of(&root);
        let window = window_of(&document)
            .ok_or_else(|| error("NO_DOCUMENT", "the root's document is in no window"))?;
        let choices = choices(&root, &options)?;
        let ground = match option(&options, "ground").and_then(|value| value.as_string()).as_deref() {
            Some("light") => Some(Ground::Light),
            Some("dark") => Some(Ground::Dark),
            _ => None,
        };
        let element = |name| option(&options, name).and_then(as_element);
        let emit = option(&options, "emit").and_then(|value| value.dyn_into::<Function>().ok());
        let own = option(&options, "own").and_then(|value| value.dyn_into::<Function>().ok());
        let shown = option(&options, "kinds").and_then(|value| value.dyn_into::<Array>().ok());
        let elements = option(&options, "elements").is_some_and(|value| value.is_truthy());
        let strings = Strings::new(option(&options, "strings").unwrap_or_else(|| Object::new().into()));
        let state = State {
            view: None,
            offered: None,
            awaited: false,
            blocks: Blocks::default(),
            reading: None,
            filter: Filter {
                kinds: shown.map_or_else(|| Kind::ALL.into(), |list| kinds(&list)),
                min_score: 0.0,
            },
            painter: Painter::new(&document, &window, elements),
            announcer: Announcer::new(&document, &strings.language()),
            announce: true,
            legend: None,
            index: None,
            card: None,
            open: None,
            while_open: Vec::new(),
            hovered: None,
            last: None,
            point: (0.0, 0.0),
            hovering: None,
            following: None,
            timer: None,
        };
        let inner = Rc::new(Inner {
            strings,
            emit: emit.unwrap_or_default(),
            own,
            sheet: Sheet::new(
                &document,
                rules_on(&window, &root, ground.unwrap_or_else(|| ground_under(&window, &root))),
            ),
            choices,
            index_container: element("index"),
            card_wanted: option(&options, "card").is_none_or(|value| value.is_truthy()),
            ground,
            returning: Cell::new(false),
            state: RefCell::new(state),
            listeners: RefCell::default(),
            trees: RefCell::default(),
            window,
            document,
            root,
        });
        if let Some(container) = element("legend") {
            let weak = Rc::downgrade(&inner);
            let legend = Legend::new(&inner.document, &container, &inner.strings, move |kind| {
                if let Some(inner) = weak.upgrade() {
                    inner.toggle(kind);
                }
            });
            let mut state = inner.state.borrow_mut();
            legend.press(&state.filter.kinds);
            state.legend = Some(legend);
        }
        inner.listen();
        Ok(Page { inner: RefCell::new(Some(inner)) })
    }

    /// Which rules the text view follows.
    #[wasm_bindgen(getter, js_name = textViewVersion)]
    pub fn text_view_version(&self) -> u32 {
        TEXT_VIEW_VERSION
    }

    /// True where names are painted with elements: it was asked for, or the browser cannot
    /// paint ranges.
    #[wasm_bindgen(getter)]
    pub fn elements(&self) -> bool {
        self.get().is_some_and(|inner| matches!(inner.state.borrow().painter, Painter::Elements(_)))
    }

    /// Shows these kinds, where they are given, and what is at least so probable.
    #[wasm_bindgen(js_name = setFilter)]
    pub fn set_filter(&self, shown: Option<Array>, min_score: Option<f32>) {
        if let Some(inner) = self.get() {
            let mut filter = inner.state.borrow().filter.clone();
            filter.kinds = shown.map_or(filter.kinds, |shown| kinds(&shown));
            filter.min_score = min_score.unwrap_or(filter.min_score);
            inner.filter(filter);
        }
    }

    /// Takes the reader to a mention and opens its card; false when there is none of this number,
    /// or the page has it no longer.
    #[wasm_bindgen(js_name = focusMention)]
    pub fn focus_mention(&self, mention: u32) -> bool {
        let Some(inner) = self.get() else { return false };
        let is_mention = |reading: &Reading| (mention as usize) < reading.article().mentions.len();
        let stands = inner.reading().is_some_and(|reading| is_mention(&reading) && reading.stands(mention));
        if stands {
            inner.visit(mention, None);
        }
        stands
    }

    /// Takes the reader to the next mention of those shown, of an entity where one is given.
    pub fn next(&self, entity: Option<u32>) -> bool {
        self.get().is_some_and(|inner| inner.step(true, entity))
    }

    /// Takes the reader to the one before.
    pub fn previous(&self, entity: Option<u32>) -> bool {
        self.get().is_some_and(|inner| inner.step(false, entity))
    }

    /// The mention that is drawn under a point of the window.
    #[wasm_bindgen(js_name = mentionAt)]
    pub fn mention_at(&self, x: f64, y: f64) -> Option<u32> {
        let inner = self.get()?;
        let spot = inner.mention_at(x, y)?;
        inner.reading().filter(|reading| reading.reference(spot).is_none()).map(|_| spot)
    }

    /// Draws the lines for the ground that is there now.
    pub fn dress(&self) {
        if let Some(inner) = self.get() {
            inner.dress();
        }
    }

    /// Takes away all that was added: ranges, sheets, elements, listeners. Unlike `free`, it
    /// may be called from one of our own events.
    pub fn dispose(&self) {
        if let Some(inner) = self.inner.take() {
            inner.close(true);
            inner.listeners.borrow_mut().clear();
            inner.trees.borrow_mut().clear();
        }
    }

    fn get(&self) -> Option<Rc<Inner>> {
        self.inner.borrow().clone()
    }
}

impl Inner {
    fn listen(self: &Rc<Self>) {
        let on = |event, handle: fn(&Rc<Inner>, Event)| {
            let weak = Rc::downgrade(self);
            Listener::new(&self.root, event, move |event| {
                if let Some(inner) = weak.upgrade() {
                    handle(&inner, event);
                }
            })
        };
        let mut listeners = vec![on("pointerleave", |inner, _| inner.hover(None))];
        listeners.extend(self.listen_to_pointer(&self.root));
        if matches!(self.state.borrow().painter, Painter::Elements(_)) {
            listeners.extend([
                on("focusin", |inner, event| inner.came(&event)),
                on("focusout", |inner, _| inner.left()),
                on("keydown", |inner, event| inner.pressed(event.unchecked_ref::<KeyboardEvent>())),
            ]);
        }
        if self.ground.is_none()
            && let Ok(Some(query)) = self.window.match_media("(prefers-color-scheme: dark)")
        {
            let weak = Rc::downgrade(self);
            listeners.push(Listener::new(&query, "change", move |_| {
                if let Some(inner) = weak.upgrade() {
                    inner.dress();
                }
            }));
        }
        *self.listeners.borrow_mut() = listeners;
    }

    fn ground(&self) -> Ground {
        self.ground.unwrap_or_else(|| ground_under(&self.window, &self.root))
    }

    fn reading(&self) -> Option<Rc<Reading>> {
        self.state.borrow().reading.clone()
    }

    /// The index, built when it is first wanted.
    fn index(self: &Rc<Self>) -> Option<Rc<Index>> {
        let container = self.index_container.as_ref()?;
        let index = self.state.borrow().index.clone();
        Some(index.unwrap_or_else(|| {
            let weak = Rc::downgrade(self);
            let choose = Rc::new(move |choice| {
                if let Some(inner) = weak.upgrade() {
                    inner.choose(choice);
                }
            });
            let index = Rc::new(Index::new(&self.document, container, &self.strings, choose));
            self.state.borrow_mut().index = Some(Rc::clone(&index));
            index
        }))
    }

    fn emit(&self, name: &str, mention: u32) {
        // A reference is no mention: the page hears of none.
        let Some(reading) = self.reading().filter(|reading| reading.reference(mention).is_none()) else {
            return;
        };
        let detail = Object::new();
        let entity = reading.entity_of(mention);
        let facts: [(&str, JsValue); 4] = [
            ("mention", mention.into()),
            ("entity", entity.into()),
            ("kind", kind_name(reading.kind(mention)).into()),
            ("name", reading.entity(entity).name.as_str().into()),
        ];
        for (key, value) in facts {
            let _ = Reflect::set(&detail, &key.into(), &value);
        }
        // What a listener throws is the listener's; ours go on.
        let _ = self.emit.call2(&JsValue::NULL, &name.into(), &detail);
    }

    fn paint(&self, state: &mut State) {
        self.dress();
        let State { reading, filter, painter, legend, .. } = state;
        if let Some(reading) = reading {
            painter.paint(reading, filter);
        }
        if let Some(legend) = legend {
            legend.press(&filter.kinds);
        }
    }

    fn filter(&self, filter: Filter) {
        let (reading, index, hides_open) = {
            let mut state = self.state.borrow_mut();
            state.filter = filter.clone();
            self.paint(&mut state);
            let hides = match (&state.open, &state.reading) {
                (Some(open), Some(reading)) => !filter.shows(reading, open.mention),
                _ => false,
            };
            if let (Some(legend), Some(reading)) = (&state.legend, &state.reading) {
                legend.count(|kind| filter.count(reading, kind));
            }
            (state.reading.clone(), state.index.clone(), hides)
        };
        if let Some((index, reading)) = index.zip(reading) {
            index.filter(&reading, &filter);
        }
        if hides_open {
            self.close(true);
        }
        let kinds: Array = filter.kinds.iter().map(|kind| JsValue::from(kind_name(*kind))).collect();
        let detail = Object::new();
        let _ = Reflect::set(&detail, &"kinds".into(), &kinds);
        let _ = Reflect::set(&detail, &"minScore".into(), &filter.min_score.into());
        let _ = self.emit.call2(&JsValue::NULL, &"change".into(), &detail);
    }

    fn toggle(&self, kind: Kind) {
        let mut filter = self.state.borrow().filter.clone();
        filter.kinds = Kind::ALL.into_iter().filter(|k| filter.kinds.contains(k) != (*k == kind)).collect();
        self.filter(filter);
    }
}
