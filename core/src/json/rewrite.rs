//! The pass over the text: reads, checks, transforms and writes at once.

use super::canonical;
use super::frame::{Frame, Kind, Part};
use super::members::Member;
use super::names::{NameId, Names, Roles};
use super::number::{Number, write_number};
use super::options::Options;
use super::output::Output;
use super::repair::Repairs;
use super::scanner::{Scanner, StringToken, Unexpected};
use super::sums::Sums;
use crate::isa::Isa;

/// Appends the transformed `input`, which must be UTF-8, to `output`; or gives the offset at which it is not JSON.
pub fn rewrite(input: &[u8], options: &Options, isa: Isa, output: &mut Vec<u8>) -> Result<(), usize> {
    output.reserve(input.len());
    let mut rewriter = Rewriter::new(input, options, isa, output);
    if rewriter.document().is_err() {
        return Err(rewriter.scanner.position);
    }
    rewriter.output.flush();
    rewriter.repairs.apply(output);
    Ok(())
}

/// The state of a pass.
pub struct Rewriter<'a> {
    pub(super) scanner: Scanner<'a>,
    pub(super) output: Output<'a>,
    pub(super) names: Names,
    pub(super) drop_nulls: bool,
    /// The text of the string that replaces redacted ones.
    pub(super) redacted: Vec<u8>,
    /// The name of the members that hold totals, if there are to be any.
    pub(super) total: Option<NameId>,
    /// The innermost container that is open.
    pub(super) frame: Frame,
    /// The containers around it.
    pub(super) parents: Vec<Frame>,
    /// The members so far of all objects that are open.
    pub(super) members: Vec<Member>,
    pub(super) sums: Sums,
    pub(super) repairs: Repairs,
    /// For canonical texts of names that are written in another way.
    pub(super) scratch: Vec<u8>,
}

/// What comes next in the text.
#[derive(Clone, Copy, Debug)]
pub enum Next {
    Value,
    Member,
    /// What follows a value: a comma, the end of the container, or the end of the text.
    Separator,
}

impl<'a> Rewriter<'a> {
    fn new(input: &'a [u8], options: &Options, isa: Isa, output: &'a mut Vec<u8>) -> Self {
        let mut names = Names::new(options);
        let total = options
            .totals
            .as_ref()
            .map(|totals| names.intern_plain(&totals.into));
        let mut redacted = Vec::new();
        canonical::write_quoted(&options.redact_with, &mut redacted);
        Self {
            scanner: Scanner::new(input, isa),
            output: Output::new(input, output),
            names,
            drop_nulls: options.drop_nulls,
            redacted,
            total,
            frame: Frame::new(Kind::Document, NameId::NONE),
            parents: Vec::new(),
            members: Vec::new(),
            sums: Sums::default(),
            repairs: Repairs::default(),
            scratch: Vec::new(),
        }
    }

    fn document(&mut self) -> Result<(), Unexpected> {
        let mut next = Next::Value;
        loop {
            next = match next {
                Next::Value => {
                    let first = self.scanner.peek_token();
                    self.value(first, Roles::default())?
                }
                Next::Member => self.member()?,
                Next::Separator => match self.frame.kind {
                    Kind::Array => self.after_element()?,
                    Kind::Object => self.after_member()?,
                    Kind::Document => {
                        return if self.scanner.peek_token().is_none() {
                            Ok(())
                        } else {
                            Err(Unexpected)
                        };
                    }
                },
            }
        }
    }

    /// Reads and writes a scalar or the start of a container, whose `first` byte is next.
    #[inline]
    pub(super) fn value(&mut self, first: Option<u8>, roles: Roles) -> Result<Next, Unexpected> {
        match first {
            Some(b'"') => {
                let token = self.scanner.string()?;
                self.write_string(token);
            }
            Some(b'-' | b'0'..=b'9') => {
                let start = self.scanner.position;
                if roles.none() && self.scanner.canonical_number() {
                    self.output.copy(start..self.scanner.position);
                } else {
                    self.number(roles)?;
                }
            }
            Some(b'{') => return Ok(self.open_object()),
            Some(b'[') => return Ok(self.open_array(roles, false)),
            Some(b't') => self.literal(b"true")?,
            Some(b'f') => self.literal(b"false")?,
            Some(b'n') => self.literal(b"null")?,
            _ => return Err(Unexpected),
        }
        Ok(Next::Separator)
    }

    /// Reads and writes a number of any form.
    #[inline(never)]
    fn number(&mut self, roles: Roles) -> Result<(), Unexpected> {
        let start = self.scanner.position;
        let number = self.scanner.number()?;
        self.note_factor(&number, roles);
        if number.is_canonical() {
            self.output.copy(start..self.scanner.position);
        } else {
            write_number(number.value(), self.output.flush());
        }
        Ok(())
    }

    #[inline]
    fn literal<const N: usize>(&mut self, word: &[u8; N]) -> Result<(), Unexpected> {
        let start = self.scanner.position;
        self.scanner.literal(word)?;
        self.output.copy(start..self.scanner.position);
        Ok(())
    }

    #[inline]
    fn write_string(&mut self, token: StringToken) {
        if token.canonical {
            self.output.copy(token.start..token.end);
        } else {
            let inside = self.scanner.slice(token.start + 1..token.end - 1);
            let output = self.output.flush();
            output.push(b'"');
            canonical::write_token(inside, output);
            output.push(b'"');
        }
    }

    #[inline]
    pub(super) fn note_factor(&mut self, number: &Number<'_>, roles: Roles) {
        if self.frame.part == Part::Term && (roles.left || roles.right) {
            self.sums.set(roles, Some(number.value()));
        }
    }

    /// Copies the next byte, one of `{}[],`.
    #[inline]
    pub(super) fn copy_punctuation(&mut self) {
        let start = self.scanner.position;
        self.scanner.position += 1;
        self.output.copy(start..start + 1);
    }

    #[inline]
    pub(super) fn open(&mut self, frame: Frame) {
        self.parents.push(self.frame);
        self.frame = frame;
    }

    /// Ends the innermost container, whose frame is lost.
    #[inline]
    pub(super) fn close(&mut self) {
        self.copy_punctuation();
        // Each container has a parent, if only the document.
        if let Some(parent) = self.parents.pop() {
            self.frame = parent;
        }
    }

    /// The name below which a container that starts now stands.
    #[inline]
    pub(super) fn current_name(&self) -> NameId {
        if self.frame.kind == Kind::Object {
            self.frame.last
        } else {
            self.frame.name
        }
    }

    pub(super) fn open_array(&mut self, roles: Roles, dropped: bool) -> Next {
        let frame = Frame {
            part: if roles.array { Part::Sum } else { Part::None },
            dropped,
            start: self.output.len(),
            ..Frame::new(Kind::Array, self.current_name())
        };
        if roles.array {
            self.sums.open();
        }
        self.copy_punctuation();
        self.open(frame);
        if self.scanner.peek_token() == Some(b']') {
            self.close_array();
            Next::Separator
        } else {
            Next::Value
        }
    }

    #[inline]
    fn after_element(&mut self) -> Result<Next, Unexpected> {
        match self.scanner.peek_token() {
            Some(b',') => {
                self.copy_punctuation();
                Ok(Next::Value)
            }
            Some(b']') => {
                self.close_array();
                Ok(Next::Separator)
            }
            _ => Err(Unexpected),
        }
    }

    fn close_array(&mut self) {
        let Frame {
            part, dropped, start, ..
        } = self.frame;
        self.close();
        if part == Part::Sum {
            self.sums.close();
            self.frame.has_sum = true;
        }
        if dropped {
            self.output.truncate(start);
            self.repairs.truncate(start);
        }
    }
}
