//! The part of the pass that deals with objects: names, what the options say about them, and totals.

use std::mem;
use std::num::NonZeroUsize;

use super::canonical;
use super::frame::{Frame, Kind, Part, Tail};
use super::members::{self, Body, Member};
use super::names::{NameId, Roles};
use super::number::write_number;
use super::rewrite::{Next, Rewriter};
use super::scanner::Unexpected;
use crate::simd::BYTES;

impl Rewriter<'_> {
    /// Reads and writes the start of an object, or the whole if it is empty.
    pub(super) fn open_object(&mut self) -> Next {
        let frame = Frame {
            start: self.output.len(),
            members: self.members.len(),
            part: if self.frame.part == Part::Sum {
                Part::Term
            } else {
                Part::None
            },
            ..Frame::new(Kind::Object, self.current_name())
        };
        self.copy_punctuation();
        self.open(frame);
        if self.scanner.peek_token() == Some(b'}') {
            self.close_object();
            Next::Separator
        } else {
            Next::Member
        }
    }

    /// Reads a member's name and, unless the value is a container, the value.
    #[inline]
    pub(super) fn member(&mut self) -> Result<Next, Unexpected> {
        self.scanner.peek_token();
        let start = self.scanner.position;
        let (id, verbatim) = self.member_name()?;
        let colon = self.scanner.position;
        // In most texts with white space one stands here.
        self.scanner.take(b' ');
        let next = self.scanner.peek_token();
        let rule = self.names.rule(id);
        self.frame.last = id;
        if !rule.roles.none() {
            self.forget_roles(rule.roles);
        }
        if rule.dropped {
            return self.dropped_value(rule.roles);
        }
        let null = self.drop_nulls && next == Some(b'n');
        self.frame.has_indices |= rule.has_index;
        self.members.push(Member {
            source: Some(id),
            target: rule.target,
            start: if null {
                None
            } else {
                NonZeroUsize::new(self.output.len())
            },
        });
        if null {
            self.scanner.literal(b"null")?;
            return Ok(Next::Separator);
        }
        self.frame.tail = Tail::Member;
        if verbatim && rule.target == id {
            self.output.copy(start..colon);
        } else {
            self.output.write(self.names.text(rule.target));
        }
        if rule.redacted && next == Some(b'"') {
            self.scanner.string()?;
            self.output.write(&self.redacted);
            return Ok(Next::Separator);
        }
        self.value(next, rule.roles)
    }

    /// Reads a name and the colon. `true` means that both stand in the text as they do in the output.
    #[inline]
    fn member_name(&mut self) -> Result<(NameId, bool), Unexpected> {
        let expected = self.names.predict(self.frame.name, self.frame.last);
        let (head, length) = self.names.head(expected);
        let found = if length <= BYTES {
            self.scanner.take_short(head, length)
        } else {
            self.scanner.take_text(self.names.text(expected))
        };
        if found {
            return Ok((expected, true));
        }
        self.unexpected_name()
    }

    #[inline(never)]
    fn unexpected_name(&mut self) -> Result<(NameId, bool), Unexpected> {
        let token = self.scanner.string()?;
        let id = if token.canonical {
            self.names.intern(self.scanner.slice(token.start..token.end))
        } else {
            self.scratch.clear();
            self.scratch.push(b'"');
            canonical::write_token(
                self.scanner.slice(token.start + 1..token.end - 1),
                &mut self.scratch,
            );
            self.scratch.push(b'"');
            self.names.intern(&self.scratch)
        };
        self.names.learn(self.frame.name, self.frame.last, id);
        let adjacent = self.scanner.peek() == Some(b':');
        self.scanner.peek_token();
        self.scanner.expect(b':')?;
        Ok((id, adjacent && token.canonical))
    }

    /// A member whose value counts for a total makes an earlier one of the same name count no more.
    #[cold]
    fn forget_roles(&mut self, roles: Roles) {
        if roles.array && mem::take(&mut self.frame.has_sum) {
            self.sums.take();
        }
        if self.frame.part == Part::Term {
            self.sums.set(roles, None);
        }
    }

    /// Reads a value that is left out, but may count for a total.
    fn dropped_value(&mut self, roles: Roles) -> Result<Next, Unexpected> {
        match self.scanner.peek_token() {
            Some(b'[') if roles.array => return Ok(self.open_array(roles, true)),
            Some(b'-' | b'0'..=b'9') => {
                let number = self.scanner.number()?;
                self.note_factor(&number, roles);
            }
            _ => self.scanner.skip_value()?,
        }
        Ok(Next::Separator)
    }

    /// Reads a comma or the end of the object.
    #[inline]
    pub(super) fn after_member(&mut self) -> Result<Next, Unexpected> {
        match self.scanner.peek_token() {
            Some(b',') => {
                if self.frame.tail == Tail::Member {
                    self.copy_punctuation();
                    self.frame.tail = Tail::Comma;
                } else {
                    self.scanner.position += 1;
                }
                Ok(Next::Member)
            }
            Some(b'}') => {
                self.close_object();
                Ok(Next::Separator)
            }
            _ => Err(Unexpected),
        }
    }

    fn close_object(&mut self) {
        if self.frame.has_sum
            && let (Some(target), Some(sum)) = (self.total, self.sums.take())
        {
            self.write_total(target, sum);
        }
        if self.frame.tail == Tail::Comma {
            self.output.truncate(self.output.len() - 1);
        }
        let body = Body {
            range: self.frame.start + 1..self.output.len(),
            has_indices: self.frame.has_indices,
        };
        let Frame {
            members: first, part, ..
        } = self.frame;
        members::check(&self.members[first..], &body, &mut self.names, &mut self.repairs);
        self.members.truncate(first);
        self.close();
        if part == Part::Term {
            self.sums.add();
        }
    }

    fn write_total(&mut self, target: NameId, sum: f64) {
        let output = self.output.flush();
        if self.frame.tail == Tail::Member {
            output.push(b',');
        }
        self.frame.tail = Tail::Member;
        let start = NonZeroUsize::new(output.len());
        output.extend_from_slice(self.names.text(target));
        write_number(sum, output);
        self.frame.has_indices |= self.names.is_index(target);
        self.members.push(Member {
            source: None,
            target,
            start,
        });
    }
}
