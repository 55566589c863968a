//! Member names, each known by a small number, with what the options say about it.

use std::hash::BuildHasher;
use std::num::NonZeroU32;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::canonical::write_quoted;
use super::options::Options;
use crate::simd::BYTES;

/// A name, as an index into [`Names`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NameId(NonZeroU32);

impl NameId {
    /// Stands for "no name": above the document's root, and before an object's first member. No text matches it.
    pub const NONE: Self = Self(NonZeroU32::MIN);

    /// The name that is added as number `place`, from 0.
    fn at(place: usize) -> Self {
        let number = u32::try_from(place + 1).ok().and_then(NonZeroU32::new);
        Self(number.expect("an input of 256 MiB has fewer names"))
    }

    #[inline]
    const fn place(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// Stands for "no array index": the indices end one below it.
pub const NOT_AN_INDEX: u32 = u32::MAX;

/// What the options want to know about a member.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Roles {
    /// The value is the array of a total.
    pub array: bool,
    /// The value is the first factor of a total.
    pub left: bool,
    /// The value is the second factor of a total.
    pub right: bool,
}

impl Roles {
    /// The member has none of the roles.
    #[inline]
    pub fn none(self) -> bool {
        self == Self::default()
    }
}

/// What happens to members with one name.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// What the member is called in the output: this name, unless it is renamed.
    pub target: NameId,
    /// Members with this name are left out.
    pub dropped: bool,
    /// Strings with this name are replaced.
    pub redacted: bool,
    /// This name or its target is an array index.
    pub has_index: bool,
    pub roles: Roles,
}

/// What is known about one name.
#[derive(Clone, Copy, Debug)]
struct Name {
    /// The beginning of the text, and zeros where it is shorter.
    head: [u8; BYTES],
    /// Where the arena holds the canonical text with quotes and colon.
    start: usize,
    end: usize,
    rule: Rule,
    index: u32,
    /// The name that followed this one in an object last time.
    next: NameId,
    /// The name that was first in an object below a member of this name last time.
    first: NameId,
    /// The round in which [`Names::mark`] last saw this name, and the place it was given.
    seen: (u32, usize),
}

/// All names of a document and of the options.
#[derive(Debug)]
pub struct Names {
    /// The texts, each as `"name":`.
    arena: Vec<u8>,
    entries: Vec<Name>,
    ids: HashTable<NameId>,
    hasher: DefaultHashBuilder,
    round: u32,
}

impl Names {
    /// Interns what `options` speak of.
    pub fn new(options: &Options) -> Self {
        let mut names = Self {
            arena: Vec::new(),
            entries: Vec::new(),
            ids: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
            round: 0,
        };
        // No UTF-8 text contains this byte, so the name NONE is never predicted rightly.
        names.add(b"\xFF");
        for (source, target) in &options.rename {
            let target = names.intern_plain(target);
            let target_is_index = names.is_index(target);
            let rule = names.rule_of(source);
            rule.target = target;
            rule.has_index |= target_is_index;
        }
        for name in &options.drop {
            names.rule_of(name).dropped = true;
        }
        for name in &options.redact {
            names.rule_of(name).redacted = true;
        }
        if let Some(totals) = &options.totals {
            names.rule_of(&totals.array).roles.array = true;
            names.rule_of(&totals.left).roles.left = true;
            names.rule_of(&totals.right).roles.right = true;
        }
        names
    }

    #[inline]
    fn name(&self, id: NameId) -> &Name {
        &self.entries[id.place()]
    }

    #[inline]
    fn name_mut(&mut self, id: NameId) -> &mut Name {
        &mut self.entries[id.place()]
    }

    #[inline]
    pub fn rule(&self, id: NameId) -> Rule {
        self.name(id).rule
    }

    fn rule_of(&mut self, plain: &str) -> &mut Rule {
        let id = self.intern_plain(plain);
        &mut self.name_mut(id).rule
    }

    /// The array index that a name is, or [`NOT_AN_INDEX`].
    pub fn index(&self, id: NameId) -> u32 {
        self.name(id).index
    }

    /// A name is an array index.
    pub fn is_index(&self, id: NameId) -> bool {
        self.index(id) != NOT_AN_INDEX
    }

    /// The canonical text with quotes and colon.
    #[inline]
    pub fn text(&self, id: NameId) -> &[u8] {
        let name = self.name(id);
        &self.arena[name.start..name.end]
    }

    /// The beginning of that text with zeros where it is shorter, and its length.
    #[inline]
    pub fn head(&self, id: NameId) -> (&[u8; BYTES], usize) {
        let name = self.name(id);
        (&name.head, name.end - name.start)
    }

    /// The name that `text` has. `quoted` is canonical, quotes included.
    pub fn intern(&mut self, quoted: &[u8]) -> NameId {
        let Self {
            arena,
            entries,
            ids,
            hasher,
            ..
        } = self;
        let known = ids.find(hasher.hash_one(quoted), |id| {
            let name = &entries[id.place()];
            arena[name.start..name.end - 1] == *quoted
        });
        known.copied().unwrap_or_else(|| self.add(quoted))
    }

    /// The name with the given plain text.
    pub fn intern_plain(&mut self, plain: &str) -> NameId {
        let mut quoted = Vec::with_capacity(plain.len() + 2);
        write_quoted(plain, &mut quoted);
        self.intern(&quoted)
    }

    fn add(&mut self, quoted: &[u8]) -> NameId {
        let Self {
            arena,
            entries,
            ids,
            hasher,
            ..
        } = self;
        let index = array_index(quoted).unwrap_or(NOT_AN_INDEX);
        let id = NameId::at(entries.len());
        let start = arena.len();
        arena.extend_from_slice(quoted);
        arena.push(b':');
        let end = arena.len();
        let mut head = [0; BYTES];
        for (to, from) in head.iter_mut().zip(&arena[start..]) {
            *to = *from;
        }
        entries.push(Name {
            head,
            start,
            end,
            rule: Rule {
                target: id,
                dropped: false,
                redacted: false,
                has_index: index != NOT_AN_INDEX,
                roles: Roles::default(),
            },
            index,
            next: NameId::NONE,
            first: NameId::NONE,
            seen: (0, 0),
        });
        ids.insert_unique(hasher.hash_one(quoted), id, |id| {
            let name = &entries[id.place()];
            hasher.hash_one(&arena[name.start..name.end - 1])
        });
        id
    }

    /// The name that came last time after `previous` in an object below `parent`.
    #[inline]
    pub fn predict(&self, parent: NameId, previous: NameId) -> NameId {
        if previous == NameId::NONE {
            self.name(parent).first
        } else {
            self.name(previous).next
        }
    }

    /// Makes `actual` the next prediction.
    pub fn learn(&mut self, parent: NameId, previous: NameId, actual: NameId) {
        if previous == NameId::NONE {
            self.name_mut(parent).first = actual;
        } else {
            self.name_mut(previous).next = actual;
        }
    }

    /// Makes all names unseen for [`Names::mark`].
    pub fn forget_marks(&mut self) {
        // There are a few rounds for each object, thus fewer than 2^32.
        self.round += 1;
    }

    /// The place where `id` was marked first since [`Names::forget_marks`]; marks it with `place` if it was not.
    #[inline]
    pub fn mark(&mut self, id: NameId, place: usize) -> Option<usize> {
        let round = self.round;
        let seen = &mut self.name_mut(id).seen;
        if seen.0 == round {
            return Some(seen.1);
        }
        *seen = (round, place);
        None
    }
}

/// The number for which `quoted` is the canonical decimal text, from 0 to 2^32 - 2.
fn array_index(quoted: &[u8]) -> Option<u32> {
    let digits = &quoted[1..quoted.len().saturating_sub(1).max(1)];
    let canonical = match digits {
        [] => false,
        [first, rest @ ..] => (*first != b'0' || rest.is_empty()) && digits.iter().all(u8::is_ascii_digit),
    };
    if !canonical || digits.len() > 10 {
        return None;
    }
    let value = digits
        .iter()
        .fold(0, |value: u64, digit| value * 10 + u64::from(digit - b'0'));
    u32::try_from(value).ok().filter(|&index| index < NOT_AN_INDEX)
}
