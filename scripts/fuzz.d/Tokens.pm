# SPDX-License-Identifier: GPL-2.0-or-later
#
# A source of the test suite with some of its tokens lost, doubled, moved or replaced,
# or cut off in the middle. As Attributes.pm: the compiler must survive it.

package Tokens;

use strict;
use warnings;
use Random;
use Attributes;

my @words = ('{', '}', '(', ')', '[', ']', ';', ',', '*', '&', '&&', '=', '->', '.', '::', '<', '>', '?',
	     ':', '0', '1', '-1', '"x"', '...', 'static', 'extern', 'const', 'volatile', 'struct', 'union',
	     'int', 'void', 'char', 'double', 'register', 'inline', 'typedef', 'return', 'if', 'else',
	     'for', 'while', 'do', 'switch', 'case', 'default', 'goto', 'sizeof', 'STATIC_CALL_KEY',
	     'STATIC_CALL_KEY_NOP_IF_NULL', 'STATIC_CALL_KEY_PURE', '__thread', '_Atomic', '__typeof__',
	     'NULL', 'key', 'auto', '_Complex', '__int128', 'long', '({', '})', 'template', 'typename',
	     'class', 'this', 'new', 'delete', 'throw', 'try', 'catch', 'namespace', 'using', 'operator',
	     'constexpr', 'decltype', 'virtual', 'friend', 'mutable', 'noexcept', 'co_await');

sub sources # testsuite
{
	my ($suite) = @_;

	return sort grep { -s $_ < 20000 } map { glob "$suite/static_call.$_/*.[cC]" }
		qw(dg exec abi effects clobbers);
}

sub generate # seed, testsuite
{
	my ($seed, $suite) = @_;
	my $r = Random->new($seed, 'tokens');
	my $file = $r->pick(sources($suite));
	my $text = Driver::slurp($file);
	my $cxx = $file =~ /C$/ || $r->chance(15);
	my @tokens;

	$text =~ s{/\*.*?\*/}{ }gs;
	@tokens = $text =~ m{
		^\#(?:[^\n]*\\\n)*[^\n]*\n | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' | //[^\n]*\n |
		[A-Za-z_]\w* | [0-9][\w.]* | \s+ | ->|::|<<|>>|&&|\|\||[-+*/&|^=!<>]= | .
	}gmsx;
	my @own = grep { /^\w+$/ } @tokens;
	for (1 .. $r->weighted(30 => 1, 30 => 2, 20 => 4, 20 => 8)) {
		my $at = $r->below(scalar @tokens);
		my $n = $r->weighted(70 => 1, 20 => $r->between(2, 6), 10 => $r->between(5, 40));
		my $what = $r->weighted(25 => 'drop', 15 => 'double', 20 => 'insert', 15 => 'replace',
					10 => 'attribute', 10 => 'move', 5 => 'cut');

		if ($what eq 'drop') {
			splice @tokens, $at, $n;
		} elsif ($what eq 'double') {
			my $end = $at + $n < @tokens ? $at + $n - 1 : $#tokens;
			splice @tokens, $at, 0, ' ', @tokens[$at .. $end];
		} elsif ($what eq 'insert' || $what eq 'replace') {
			my $word = $r->chance(50) && @own ? $r->pick(@own) : $r->pick(@words);
			splice @tokens, $at, $what eq 'replace' ? 1 : 0, " $word ";
		} elsif ($what eq 'attribute') {
			splice @tokens, $at, 0, ' ' . Attributes::attribute($r, $cxx) . ' ';
		} elsif ($what eq 'move') {
			my @moved = splice @tokens, $at, $n;
			splice @tokens, $r->below(@tokens + 1), 0, @moved;
		} else {
			$#tokens = $at;
		}
		last if !@tokens;
	}
	my ($folder) = $file =~ m{^(.*)/};
	return { text => join('', @tokens), cxx => $cxx, flags => [Attributes::flags($r)],
		 includes => ["-I$suite/include", "-I$folder"] };
}

1;
