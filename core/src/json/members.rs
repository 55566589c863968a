//! The members of one object in the output: whether they may stay as they are, and else their order.

use std::num::NonZeroUsize;
use std::ops::Range;

use super::names::{NOT_AN_INDEX, NameId, Names};
use super::repair::Repairs;

/// A member of the source that has not been dropped for its name, or the total of an object.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// Its name in the source; `None` for a total, which replaces a member of the same name in any case.
    pub source: Option<NameId>,
    /// Its name in the output.
    pub target: NameId,
    /// Where it starts in the output, after a brace at least; `None` for a `null` that has been left out.
    pub start: Option<NonZeroUsize>,
}

/// What must be known about an object at its end.
#[derive(Debug)]
pub struct Body {
    /// Where it lies in the output, braces not included.
    pub range: Range<usize>,
    /// A member's name, in the source or in the output, is an array index.
    pub has_indices: bool,
}

/// Looks at the members of an object that has just been written and notes how to repair it, if it needs to be.
#[inline]
pub fn check(members: &[Member], body: &Body, names: &mut Names, repairs: &mut Repairs) {
    if members.len() > 1
        && (has_duplicates(members, names) || (body.has_indices && !indices_ascend(members, names)))
    {
        repair(members, body, names, repairs);
    }
}

/// Members with the same source have the same target, so that looking at the targets is enough.
fn has_duplicates(members: &[Member], names: &mut Names) -> bool {
    names.forget_marks();
    members
        .iter()
        .any(|member| names.mark(member.target, 0).is_some())
}

/// Array indices come first and in order, in the source and in the output.
fn indices_ascend(members: &[Member], names: &Names) -> bool {
    members.is_sorted_by_key(|member| member.source.map_or(NOT_AN_INDEX, |name| names.index(name)))
        && members.is_sorted_by_key(|member| names.index(member.target))
}

/// A value that is in the output, or `None` for a `null` that has been left out, with the names it goes by.
struct Entry {
    name: NameId,
    target: NameId,
    text: Option<Range<usize>>,
}

#[cold]
fn repair(members: &[Member], body: &Body, names: &mut Names, repairs: &mut Repairs) {
    let texts = texts(members, body);
    let mut total = None;

    // What `JSON.parse` makes: the last value at the place of the first, array indices before the rest.
    let mut source = Vec::with_capacity(members.len());
    names.forget_marks();
    for (member, text) in members.iter().zip(texts.iter().cloned()) {
        match member.source {
            Some(name) => put(
                &mut source,
                Entry {
                    name,
                    target: member.target,
                    text,
                },
                names,
            ),
            None => {
                total = Some(Entry {
                    name: member.target,
                    target: member.target,
                    text,
                });
            }
        }
    }
    sort(&mut source, names);

    // What `transform` makes: the same with the new names, and the total last.
    let mut result = Vec::with_capacity(source.len() + 1);
    names.forget_marks();
    for entry in source
        .into_iter()
        .filter(|entry| entry.text.is_some())
        .chain(total)
    {
        put(
            &mut result,
            Entry {
                name: entry.target,
                ..entry
            },
            names,
        );
    }
    sort(&mut result, names);

    if !result
        .iter()
        .map(|entry| &entry.text)
        .eq(texts.iter().filter(|text| text.is_some()))
    {
        repairs.add(
            body.range.clone(),
            result.into_iter().filter_map(|entry| entry.text),
        );
    }
}

/// Where each member lies in the output. One comma stands between two of them.
fn texts(members: &[Member], body: &Body) -> Vec<Option<Range<usize>>> {
    let mut end = body.range.end;
    let mut texts: Vec<_> = members
        .iter()
        .rev()
        .map(|member| {
            let start = member.start?.get();
            let text = start..end;
            end = start.saturating_sub(1);
            Some(text)
        })
        .collect();
    texts.reverse();
    texts
}

/// Puts an entry at the place of the one with the same name, or at the end.
fn put(entries: &mut Vec<Entry>, entry: Entry, names: &mut Names) {
    match names.mark(entry.name, entries.len()) {
        Some(place) => entries[place] = entry,
        None => entries.push(entry),
    }
}

/// Puts array indices first, ascending.
fn sort(entries: &mut [Entry], names: &Names) {
    entries.sort_by_key(|entry| names.index(entry.name));
}
