# SPDX-License-Identifier: GPL-2.0-or-later
#
# A program with keys, from a seed. It prints a checksum of everything that it did,
# in its order, and has defined behaviour: no unspecified order matters, arithmetic
# is unsigned, floating-point values are small and exact, and calls are limited by
# fuel. It is C or C++, in one file that may be compiled as one unit or as several
# objects (-DPART=1, -DPART=2). Statements stand between //{N and //}N, so that
# Reduce.pm can drop them.
#
# The functions of one type may change a set of keys that was chosen before, and
# call functions of earlier types and of their own; so it is known what a call may
# change.

package Program;

use strict;
use warnings;
use Random;
use Types;
use Stores;
use Calls;
use Statements;

my @c_standards = qw(gnu99 gnu11 gnu17 gnu2x);
my @cxx_standards = qw(gnu++11 gnu++14 gnu++17 gnu++20);

# ---- what is visible where

sub sees # program, context, object
{
	my ($g, $ctx, $o) = @_;

	return 0 if defined $o->{part} && $o->{part} != $ctx->{part};
	return 0 if defined $o->{fn} && $o->{fn} ne $ctx->{fn};
	return 1;
}

sub visible # program, context: keys
{
	my ($g, $ctx) = @_;

	return grep { $g->sees($ctx, $_->{object}) } @{ $g->{keys} };
}

sub function # program, function type, part: the name of one
{
	my ($g, $sig, $part) = @_;
	my @fns = grep { !$_->{static} || $_->{part} == $part } @{ $sig->{fns} };

	my $name = $g->{r}->pick(@fns)->{name};

	# For C++ a function is no pointer yet where a template or builtin asks.
	return $g->{cxx} || $sig->{effect} eq 'type' ? "((T$sig->{n})$name)" : $name;
}

# ---- objects

sub object # program, node, facts
{
	my ($g, $node, %facts) = @_;
	my $o = { keys => [], node => $node, %facts };

	$o->{name} ||= 'o' . @{ $g->{objects} };
	$o->{home} = $o->{part} // $g->{r}->between(1, $g->{parts});
	$o->{lv} ||= $o->{name};
	push @{ $g->{objects} }, $o;
	Types::leaves($g, $o, $node, $o->{lv}, map { ($_ => $o->{$_}) } qw(const odd));
	return $o;
}

# Where it lives and what else is said of it.
sub place # program, node, facts
{
	my ($g, $node, %facts) = @_;
	my $r = $g->{r};
	my $o = object($g, $node, %facts,
		       $r->chance(35) ? (part => $r->between(1, $g->{parts})) : ());

	$o->{more} = $r->weighted(
		80 => '', 5 => ' __attribute__((aligned(64)))', 5 => ' __attribute__((used))',
		5 => defined $o->{part} ? '' : ' __attribute__((visibility("hidden")))',
		5 => $o->{const} ? '' : ' __attribute__((section("fuzz_data")))');
	$o->{more} =~ s/.*hidden.*// if $g->{parts} > 1;
	return $o;
}

sub scalars # program, function type
{
	my ($g, $sig) = @_;
	my $r = $g->{r};

	for (1 .. $r->between(1, 3)) {
		my $node = { is => 'fn', sig => $sig };
		my %facts = (tag => Types::tag($sig));
		my $kind = $r->weighted(60 => 'plain', 8 => 'const', 6 => 'volatile',
					($g->{cxx} ? 0 : 5) => 'atomic', 12 => 'null',
					8 => 'untagged', ($g->{cxx} ? 40 : 0) => 'cxx');

		if ($kind eq 'const') {
			$facts{const} = 1;
		} elsif ($kind eq 'volatile' || $kind eq 'atomic') {
			$facts{odd} = $kind eq 'atomic' ? '_Atomic' : 'volatile';
		} elsif ($kind eq 'null' && Types::nullable($sig)) {
			$node->{null} = 1;
			$facts{tag} = Types::tag($sig, 1);
		} elsif ($kind eq 'untagged') {
			$facts{tag} = '';
		} elsif ($kind eq 'cxx') {
			cxx_key($g, $node, %facts);
			next;
		}
		place($g, $node, %facts);
	}
}

# Keys as only C++ has them; they are declared and defined in the shared part.
sub cxx_key # program, node, facts
{
	my ($g, $node, %facts) = @_;
	my $r = $g->{r};
	my $n = @{ $g->{objects} };
	my $t = "T$node->{sig}{n}";
	my $init = Types::initial($g, $node, 0);
	my ($lv, $text) = ("x$n", '');
	my $kind = $r->pick('member', 'template', 'function', 'namespace', 'anonymous',
			    $g->{std} =~ /1[17]|14/ && $g->{std} !~ /17/ ? () : 'inline');

	if ($kind eq 'member') {
		$lv = "C$n\::k";
		$text = "struct C$n { static $t k $facts{tag}; };\n#if IN(1)\n$t $lv = $init;\n#endif\n";
	} elsif ($kind eq 'template') {
		$lv = "C$n<1>::k";
		$text = "template <int N> struct C$n { static $t k $facts{tag}; };\n" .
			"template <int N> $t C$n<N>::k = $init;\n";
	} elsif ($kind eq 'function') {
		$lv = "x$n()";
		$text = "inline $t &x$n() { static $t k $facts{tag} = $init; return k; }\n";
	} elsif ($kind eq 'namespace') {
		$lv = "n$n\::k";
		$text = "namespace n$n { extern $t k $facts{tag}; }\n" .
			"#if IN(1)\n$t $lv = $init;\n#endif\n";
	} elsif ($kind eq 'anonymous') {
		# One in each object: it is not to be changed.
		$facts{const} = 1;
		$lv = "n$n\::x$n";
		$text = "namespace n$n { namespace { $t const x$n $facts{tag} = $init; } }\n";
	} else {
		$text = "inline $t x$n $facts{tag} = $init;\n";
	}
	object($g, $node, %facts, name => $lv, defined => $text);
}

sub objects # program
{
	my ($g) = @_;
	my $r = $g->{r};
	my @plain = grep { !$_->{effect} } @{ $g->{sigs} };

	scalars($g, $_) for @{ $g->{sigs} };
	for (1 .. $r->between(1, 2)) {
		my $node = Types::array(Types::pointer($g, @plain), $r->between(2, 6));

		$node = Types::array($node, 2) if $r->chance(20);
		place($g, $node, tag => 'KEY', const => $r->chance(15));
	}
	for (1 .. $r->between(1, 3)) {
		my $whole = $r->chance(35);
		my $node = Types::struct($g, 2, $whole);

		for (1 .. $r->between(1, 3)) {
			my $n = $r->chance(25) ? Types::array($node, 2) : $node;
			my $o = place($g, $n, tag => $whole && $r->chance(85) ? 'KEY' : '',
				      const => $r->chance(12));

			$o->{pointer} = "$o->{name}_p" if !$o->{const} && $r->chance(40);
		}
	}
	place($g, Types::union($g, @plain), tag => 'KEY') if $r->chance(60);
	for my $fn (map { @{ $_->{fns} } } @plain) {
		next if !$r->chance(12);
		my $o = object($g, { is => 'fn', sig => $r->pick(@plain) }, tag => 'KEY',
			       fn => $fn->{name});
		$o->{home} = $fn->{part};
	}
}

sub object_text # program, object
{
	my ($g, $o) = @_;
	my $name = ($o->{const} ? 'const ' : '') . ($o->{odd} ? "$o->{odd} " : '') . $o->{name};
	my $text = Types::declare($o->{node}, $name);
	my $tag = ($o->{tag} ? " $o->{tag}" : '') . ($o->{more} // '');
	my $part = $o->{part} // $o->{home};

	return $o->{defined} if $o->{defined};
	# In front of the declaration it is the same.
	my $whole = $o->{tag} && $o->{tag} ne 'MAYBE_NULL' && $g->{r}->chance(15)
		? "$tag $text" : "$text$tag";
	my $definition = "$whole = " . Types::initial($g, $o->{node}, $part) . ";\n";
	return "static $definition" if $o->{fn};
	my $pointer = Types::declare($o->{node}, $o->{node}{is} eq 'array'
				     ? "(*$o->{name}_p)" : "*$o->{name}_p");
	my $declared = defined $o->{part} ? '' : "extern $whole;\n";
	$declared .= defined $o->{part} || !$o->{pointer} ? '' : "extern $pointer;\n";
	$definition = "static $definition" if defined $o->{part};
	$definition = "extern $definition" if $o->{const} && !defined $o->{part};
	$definition .= (defined $o->{part} ? 'static ' : '') . "$pointer = &$o->{name};\n"
		if $o->{pointer};
	return "$declared#if IN($part)\n$definition#endif\n";
}

# ---- function types and what they may do

sub signatures # program
{
	my ($g) = @_;
	my $r = $g->{r};

	for my $i (1 .. $r->between(4, 8)) {
		my $sig = Types::signature($g);
		$sig->{effect} = '', $sig->{throws} = 0 if $i == 1;
		for my $n (0 .. $r->between(1, 3)) {
			my $part = $r->between(1, $g->{parts});

			push @{ $sig->{fns} }, {
				name => "f$sig->{n}_$n", sig => $sig, part => $part,
				static => $n > 0 && $r->chance(30),
				attribute => $r->weighted(
					60 => '', 15 => 'NOINLINE ', 5 => '__attribute__((cold)) ',
					5 => '__attribute__((flatten)) ', 5 => '__attribute__((hot)) ',
					5 => '__attribute__((noclone)) ',
					5 => '__attribute__((aligned(32))) '),
			};
		}
	}
}

sub effects # program
{
	my ($g) = @_;
	my $r = $g->{r};
	my @before;

	for my $sig (@{ $g->{sigs} }) {
		my @own = $sig->{effect} || $r->chance(40) ? ()
			: grep { !$_->{const} } $r->some(15, @{ $g->{keys} });
		my @calls = $sig->{effect} ? () : $r->some(60, @before);
		my %changes = map { $_->{id} => 1 } @own;

		$sig->{own} = { %changes };
		for my $called (@calls) {
			$changes{$_} = 1 for keys %{ $called->{changes} };
			$sig->{throws} = 1 if $called->{throws};
		}
		$sig->{changes} = \%changes;
		push @calls, $sig if !$sig->{effect} && $r->chance(40);
		$sig->{calls} = \@calls;
		push @before, $sig;
	}
}

sub heading # function
{
	my ($fn) = @_;
	my $sig = $fn->{sig};
	my $i = 0;
	my @params = map { "$Types::name{$_} a" . $i++ } @{ $sig->{args} };

	push @params, '...' if $sig->{variadic};
	return "$Types::name{$sig->{ret}} $fn->{name}(" . (join(', ', @params) || 'void') . ')';
}

sub body # program, function
{
	my ($g, $fn) = @_;
	my $sig = $fn->{sig};
	my $r = $g->{r};
	my $start = $r->between(1, 99999);
	# The tag "const" promises that equal calls are equal, whatever the key holds.
	$start = 12345 if $sig->{effect} eq 'const';
	my $text = "{\n\tu32 acc = ${start}u;\n";
	my $i = 0;
	my $done = $sig->{ret} eq 'void' ? 'return' : "return mk_$sig->{ret}(acc)";
	my $ctx = { part => $fn->{part}, fn => $fn->{name}, mod => $sig->{own},
		    sigs => $sig->{calls}, numbers => [], sig => $sig, depth => 2 };

	$text .= object_text($g, $_)
		for grep { $_->{fn} && $_->{fn} eq $fn->{name} } @{ $g->{objects} };
	$text .= "\tacc = mix(acc, h_$_(a" . $i++ . "));\n" for @{ $sig->{args} };
	if ($sig->{effect}) {
		$text .= "\tacc += state;\n" if $sig->{effect} eq 'pure' && $r->chance(50);
		return "$text\t$done;\n}\n";
	}
	if ($sig->{variadic}) {
		$text .= "\tva_list ap;\n\tva_start(ap, a0);\n" .
			"\tfor (u32 i = 0; i < a0; i++) {\n\t\tswitch (i % 5) {\n";
		my @types = ('i', 'd', 'l', 'P', 'e');
		$text .= "\t\tcase $_: acc = mix(acc, h_$types[$_](va_arg(ap, " .
			"$Types::name{$types[$_]}))); break;\n" for 0 .. 4;
		$text .= "\t\t}\n\t}\n\tva_end(ap);\n";
	}
	$text .= "\tnote(acc + " . $r->between(1, 9999) . "u);\n";
	$text .= "\tif (fuel-- <= 0)\n\t\t$done;\n";
	$text .= "\tif ((acc & 7) == " . $r->below(8) . ")\n\t\tthrow (int)(acc & 255);\n"
		if $g->{cxx} && $sig->{throws} && $r->chance(60);
	$text .= $g->statements($ctx, $r->weighted(20 => 0, 30 => 1, 30 => 2, 20 => 4));
	$text .= "\tnote(acc);\n" if $r->chance(50);
	my $tail = $r->chance(45) && Calls::expression($g, $ctx, 1,
						       sub { $_[0]{ret} eq $sig->{ret} });
	$text .= "//{$g->{statements}\n\t" . ($sig->{ret} eq 'void' ? "$tail->{text}; return;"
		: "return $tail->{text};") . "\n//}" . $g->{statements}++ . "\n" if $tail;
	return "$text\t$done;\n}\n";
}

# ---- the whole

sub helpers # program
{
	my ($g) = @_;
	my $text = '';

	for my $sig (@{ $g->{sigs} }) {
		my ($n, $part) = ($sig->{n}, $g->{r}->between(1, $g->{parts}));

		$text .= "NOINLINE void set_T$n(T$n *p, T$n f);\n#if IN($part)\n" .
			"void set_T$n(T$n *p, T$n f) { *p = f; SYNC(p, sizeof(*p)); }\n#endif\n" .
			"static inline void put_T$n(T$n *p, T$n f) { *p = f; SYNC(p, sizeof(*p)); }\n";
		next if !Types::nullable($sig);
		my $zero = { name => "zero_T$n", sig => $sig };
		$text .= 'static __attribute__((unused)) ' . heading($zero) . ' { return' .
			($sig->{ret} eq 'void' ? '' : ' 0') . "; }\n";
	}
	$text .= "static inline void set_any(void *p, static_call_key_fn f)\n" .
		"{\n\tmemcpy(p, &f, sizeof(f));\n\tSYNC(p, sizeof(f));\n}\n";
	$text .= "/* A library's copy. */\nextern void *(*volatile copy_unseen)" .
		"(void *, const void *, size_t);\n#if IN(1)\n" .
		"void *(*volatile copy_unseen)(void *, const void *, size_t) = memmove;\n#endif\n";
	$text .= "/* The C library says that raise() calls nothing here, which the handler is. */\n" .
		"extern int (*volatile raise_unseen)(int);\n#if IN(1)\n" .
		"int (*volatile raise_unseen)(int) = raise;\n#endif\n";
	$text .= "template <typename T> struct Setter {\n\tstatic void set(T &key, T f) " .
		"{ key = f; SYNC(&key, sizeof(key)); }\n};\n" .
		"struct Guard {\n\tu32 n;\n\texplicit Guard(u32 x) : n(x) {}\n" .
		"\t~Guard() { note(n); }\n};\n" if $g->{cxx};
	return $text;
}

sub generate # seed, support.h
{
	my ($seed, $support) = @_;
	my $r = Random->new($seed, 'program');
	my $g = bless { r => $r, sigs => [], keys => [], objects => [], arrays => [], structs => 0,
			structs_text => [], ids => 0, names => 0, statements => 0 };

	$g->{cxx} = $r->chance(40);
	$g->{std} = $g->{cxx} ? $r->pick(@cxx_standards) : $r->pick(@c_standards);
	$g->{strict} = $g->{std} =~ /\+\+(17|20)/ && $r->chance(30);
	$g->{parts} = $r->chance(35) ? 2 : 1;
	signatures($g);
	objects($g);
	effects($g);

	my $text = $support;
	$text .= "#include <algorithm>\n#include <new>\n#include <utility>\n" if $g->{cxx};
	$text .= "\n";
	$text .= Types::typedefs($_) for @{ $g->{sigs} };
	my @fns = map { @{ $_->{fns} } } @{ $g->{sigs} };
	for my $fn (@fns) {
		my $prototype = $fn->{attribute} . heading($fn) . ($fn->{sig}{clobbers} // '') .
			";\n";
		$text .= $fn->{static} ? "#if IN($fn->{part})\nstatic $prototype#endif\n" : $prototype;
	}
	$text .= join '', @{ $g->{structs_text} };
	$text .= object_text($g, $_) for grep { !$_->{fn} } @{ $g->{objects} };
	$text .= helpers($g);
	$text .= Statements::drivers($g, [map { [$_->{part}, ($_->{static} ? 'static ' : '') .
		heading($_) . "\n" . body($g, $_)] } @fns]);
	return { text => $text, cxx => $g->{cxx}, std => $g->{std}, strict => $g->{strict},
		 parts => $g->{parts}, clobbers => $g->{clobbers} };
}

sub statements # program, context, how many
{
	my ($g, $ctx, $n) = @_;
	my $text = '';

	for (1 .. $n) {
		my $id = $g->{statements}++;

		$text .= "//{$id\n" . Statements::one($g, $ctx) . "\n//}$id\n";
	}
	return $text;
}

1;
