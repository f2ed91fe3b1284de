//! Listeners, timers and frames that end when they are dropped.

use wasm_bindgen::prelude::*;
use web_sys::{AddEventListenerOptions, Element, Event, EventTarget, Node, Window};

use super::dom::{Target, closest_to, node_type};

/// A listener that is removed when dropped.
pub(super) struct Listener {
    target: EventTarget,
    event: &'static str,
    capture: bool,
    closure: Closure<dyn Fn(Event)>,
}

impl Listener {
    /// Listens in the bubbling phase.
    pub fn new(target: &EventTarget, event: &'static str, handle: impl Fn(Event) + 'static) -> Self {
        Self::attach(target, event, false, handle)
    }

    /// Listens in the capturing phase: before the page, or where events do not bubble.
    pub fn capturing(target: &EventTarget, event: &'static str, handle: impl Fn(Event) + 'static) -> Self {
        Self::attach(target, event, true, handle)
    }

    fn attach(
        target: &EventTarget,
        event: &'static str,
        capture: bool,
        handle: impl Fn(Event) + 'static,
    ) -> Self {
        let closure = Closure::<dyn Fn(Event)>::new(handle);
        let options = AddEventListenerOptions::new();
        options.set_capture(capture);
        // Scrolling need not wait for us; of keys we take some as ours.
        options.set_passive(event != "keydown");
        // Fails only for a handler that is no function.
        let _ = target.unchecked_ref::<Target>().listen(event, closure.as_ref(), &options);
        Listener { target: target.clone(), event, capture, closure }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let target = self.target.unchecked_ref::<Target>();
        let _ = target.unlisten(self.event, self.closure.as_ref(), self.capture);
    }
}

/// The innermost element that an event came to. One of a frame is an instance of nothing here.
pub(super) fn target_of(event: &Event) -> Option<Element> {
    let first = event.composed_path().get(0);
    let node: Node =
        if first.is_undefined() { event.target()?.unchecked_into() } else { first.unchecked_into() };
    (node_type(&node) == Node::ELEMENT_NODE).then(|| node.unchecked_into())
}

/// The element of a selector that an event came to.
pub(super) fn closest(event: &Event, selector: &str) -> Option<Element> {
    closest_to(&target_of(event)?, selector).ok()?
}

/// A call after some time, unless it is dropped before.
pub(super) struct Timer {
    window: Window,
    id: i32,
    _closure: Closure<dyn FnMut()>,
}

impl Timer {
    pub fn new(window: &Window, milliseconds: i32, handle: impl FnMut() + 'static) -> Self {
        let closure = Closure::<dyn FnMut()>::new(handle);
        let function = closure.as_ref().unchecked_ref();
        let id = window.set_timeout_with_callback_and_timeout_and_arguments_0(function, milliseconds);
        Timer { window: window.clone(), id: id.unwrap_or_default(), _closure: closure }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        self.window.clear_timeout_with_handle(self.id);
    }
}

/// A call before the next paint, unless it is dropped before.
pub(super) struct Frame {
    window: Window,
    id: i32,
    _closure: Closure<dyn FnMut()>,
}

impl Frame {
    pub fn new(window: &Window, handle: impl FnMut() + 'static) -> Self {
        let closure = Closure::<dyn FnMut()>::new(handle);
        let id = window.request_animation_frame(closure.as_ref().unchecked_ref());
        Frame { window: window.clone(), id: id.unwrap_or_default(), _closure: closure }
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        // Fails only for a handle that is no number.
        let _ = self.window.cancel_animation_frame(self.id);
    }
}
