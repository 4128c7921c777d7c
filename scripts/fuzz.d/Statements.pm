# SPDX-License-Identifier: GPL-2.0-or-later
#
# Statements of a generated program, its driver functions and its main().

package Statements;

use strict;
use warnings;

sub inner # program, context, number of statements, more facts
{
	my ($g, $ctx, $n, %more) = @_;
	my $sub = { %$ctx, depth => $ctx->{depth} - 1, %more };

	return $g->statements($sub, $n);
}

sub call
{
	my ($g, $ctx) = @_;
	my $call = Calls::expression($g, $ctx, 2) or return simple($g, $ctx);

	return "$call->{text};" if $call->{sig}{ret} eq 'void';
	return "(void)$call->{text};" if $g->{r}->chance(10);
	return "acc = mix(acc, h_$call->{sig}{ret}($call->{text}));";
}

sub simple
{
	my ($g, $ctx) = @_;

	return $g->{r}->pick('verify();', 'state = mix(state, acc);', 'acc = mix(acc, state);',
			     'bump(&acc);', 'note(acc);', '__asm__ volatile("" ::: "memory");');
}

sub branch
{
	my ($g, $ctx) = @_;
	my $condition = $g->{r}->chance(50) ? Calls::value($g, $ctx, 1)
		: $g->{r}->chance(50) ? 'acc' : '(acc & 4) && ' . Calls::value($g, $ctx, 1);

	return "if (($condition) & 1) {\n" . inner($g, $ctx, 2) . "} else {\n" .
		inner($g, $ctx, 1) . '}';
}

sub ternary
{
	my ($g, $ctx) = @_;

	return 'acc = mix(acc, acc & 1 ? ' . Calls::value($g, $ctx, 1) . ' : ' .
		Calls::value($g, $ctx, 1) . ');';
}

sub loop
{
	my ($g, $ctx) = @_;
	my $n = Stores::name($g);
	my $body = inner($g, $ctx, 2, numbers => [@{ $ctx->{numbers} }, $n]);

	return "for (u32 $n = 0, ${n}_e = acc & 3; $n < ${n}_e; $n++) {\n$body}"
		if $g->{r}->chance(50);
	return "{\nu32 $n = acc & 3;\nagain_$n:\nif ($n--) {\n$body goto again_$n;\n}\n}"
		if $g->{r}->chance(50);
	return "for (u32 $n = 0; $n < 3; $n++) {\n$body if (acc & 64) continue;\n" .
		inner($g, $ctx, 1) . "}";
}

sub choice
{
	my ($g, $ctx) = @_;
	my $text = "switch (acc & 3) {\n";

	$text .= "case $_: {\n" . inner($g, $ctx, 1) .
		($g->{r}->chance(75) ? "} break;\n" : "} // fall through\n") for 0 .. 2;
	return "${text}default:\n" . inner($g, $ctx, 1) . ";\n}";
}

# An object with keys' types that is not static.
sub local_object
{
	my ($g, $ctx) = @_;
	my $r = $g->{r};
	my @objects = grep { $_->{node}{is} eq 'struct' && $g->sees($ctx, $_) && !$_->{odd} }
		@{ $g->{objects} };
	my $o = @objects && $r->pick(@objects) or return simple($g, $ctx);
	my ($p, $text) = (Stores::name($g));
	my $type = "struct S$o->{node}{n}";
	my $key = $r->pick(grep { $_->{lv} =~ /^\w+\./ } @{ $o->{keys} }) or return '';
	return '' if !grep { $_ == $key->{sig} } @{ $ctx->{sigs} };
	my ($member) = $key->{lv} =~ /^\w+(\..*)$/;
	my ($lv, $end) = ("$p$member", '');

	if ($r->chance(50)) {
		$text = "$type $p = $o->{name};\n";
	} elsif ($r->chance(60)) {
		$text = "$type *$p = ($type *)malloc(sizeof(*$p));\n*$p = $o->{name};\n";
		($lv, $end) = ("(*$p)$member", "free($p);\n");
	} else {
		$text = "$type const *$p = &$o->{name};\n";
		$lv = "(*$p)$member";
	}
	# Nothing but this block knows the local object; the callee cannot change it.
	my @ids = $text =~ /const/ ? ($key->{id}) : ();
	$end = '' if $key->{sig}{throws};
	$lv = "OR_ZERO($lv, zero_T$key->{sig}{n})" if $key->{null};
	$text .= $g->statements($ctx, $r->below(3)) if $end eq '';
	my $call = "$lv(" . Calls::arguments($g, $ctx, $key->{sig}, \@ids, 1) . ')';
	return "{\n$text" . ($key->{sig}{ret} eq 'void' ? "$call;\n"
		: "acc = mix(acc, h_$key->{sig}{ret}($call));\n") . "$end}";
}

# Equal calls of pure functions, with a store between some.
sub equal_calls
{
	my ($g, $ctx) = @_;
	my $r = $g->{r};
	my @keys = grep { $_->{sig}{effect} && !$_->{odd} } $g->visible($ctx);
	my $key = @keys && $r->pick(@keys) or return simple($g, $ctx);
	my $x = Calls::number($g, { %$ctx, numbers => [] });
	my ($n, $text) = (Stores::name($g));
	my $call = "h_$key->{sig}{ret}($key->{lv}(" .
		join(', ', map { "mk_$_($n)" } @{ $key->{sig}{args} }) . '))';

	$text = "{\nu32 $n = $x;\nacc = mix(acc, $call + $call);\n";
	$text .= Stores::one($g, $ctx, $key) . "\n" if $r->chance(60) && Stores::writable($ctx, $key);
	$text .= $g->statements($ctx, 1) if $r->chance(40);
	return "${text}acc = mix(acc, $call);\n}";
}

sub nested_function
{
	my ($g, $ctx) = @_;
	my ($f, $r) = (Stores::name($g), $g->{r});
	my $body = inner($g, $ctx, 2);

	return "{\nauto $f = [&](u32 x) -> u32 {\nacc ^= x;\n$body return acc;\n};\n" .
		"acc = mix(acc, $f(3));\n}" if $g->{cxx};
	return "{\nauto u32 $f(u32 x);\nu32 $f(u32 x)\n{\nacc ^= x;\n$body return acc;\n}\n" .
		"u32 ${f}_r = $f(5);\nacc = mix(acc, ${f}_r);\n}";
}

sub try_block
{
	my ($g, $ctx) = @_;
	my $n = Stores::name($g);
	my $guard = $g->{r}->chance(50) ? "Guard $n(acc);\n" : '';

	return "try {\n$guard" . inner($g, $ctx, 2) . "} catch (int e) {\nnote((u64)e);\n" .
		inner($g, $ctx, 1) . '}' if $g->{r}->chance(70);
	return "try {\n$guard" . inner($g, $ctx, 1) . "} catch (...) {\nnote(1);\n" .
		"if (acc & 1) throw;\n}" if $ctx->{sig} && $ctx->{sig}{throws};
	return "{\n$guard" . inner($g, $ctx, 2) . '}';
}

sub variable_array
{
	my ($g, $ctx) = @_;
	my $n = Stores::name($g);

	return "{\nvolatile char $n\[1 + (acc & 15)];\n$n\[0] = 1;\n" . inner($g, $ctx, 1) .
		"acc += (u32)$n\[0];\n}";
}

# In drivers only, which nobody is called by that minds.
sub jump
{
	my ($g, $ctx) = @_;
	my $n = Stores::name($g);

	return "{\nvolatile u32 $n = acc;\nif (setjmp(jumper) == 0) {\n" .
		inner($g, $ctx, 2, top => 0) . "$n = acc;\njump_key((int)(acc & 7) + 1);\n" .
		"note(99);\n}\nacc = mix($n, 9);\n}";
}

my %makers = (
	call => \&call, store => \&Stores::statement, simple => \&simple, branch => \&branch,
	ternary => \&ternary, loop => \&loop, choice => \&choice, copied => \&Calls::copied,
	local => \&local_object, equal => \&equal_calls, nested => \&nested_function,
	try => \&try_block, array => \&variable_array, jump => \&jump,
	raise => sub { 'raise_unseen(SIGUSR1);' },
);

sub one # program, context
{
	my ($g, $ctx) = @_;
	my $deep = $ctx->{depth} > 0;
	my $top = $ctx->{top} && $deep;
	my $what = $g->{r}->weighted(
		30 => 'call', 28 => 'store', 8 => 'simple', 6 => 'equal',
		$deep ? (8 => 'branch', 6 => 'loop', 4 => 'choice', 14 => 'copied', 2 => 'nested',
			 2 => 'array') : (),
		5 => 'ternary', 6 => 'local', ($deep && $g->{cxx} ? 8 : 0) => 'try',
		($top ? 4 : 0) => 'jump', ($top ? 3 : 0) => 'raise');
	my $sub = $what eq 'copied' ? { %$ctx, depth => $ctx->{depth} - 1 } : $ctx;

	return $makers{$what}->($g, $sub) || simple($g, $ctx);
}

sub drivers # program, [part, function]...
{
	my ($g, $functions) = @_;
	my $r = $g->{r};
	my $count = $r->between(2, 5);
	my $quiet = { numbers => [], mod => undef, sigs => $g->{sigs}, depth => 3 };
	my ($text, @parts) = ('');

	$text .= "extern jmp_buf jumper;\n__attribute__((noreturn)) void jump_out(int v);\n" .
		"extern void (*jump_key)(int) KEY;\n#if IN(1)\njmp_buf jumper;\n" .
		"void (*jump_key)(int) KEY = jump_out;\nvoid jump_out(int v)\n{\n" .
		"\tnote((u64)v);\n\tlongjmp(jumper, v);\n}\n#endif\n";
	for my $i (0 .. $count - 1) {
		my $part = $r->between(1, $g->{parts});

		push @parts, $part;
		$text .= ($r->chance(30) ? 'NOINLINE ' : '') . "u32 drive_$i(u32 acc);\n";
	}
	$text .= "void handler(int n);\n";
	for my $part (1 .. $g->{parts}) {
		$text .= "\n#if IN($part)\n";
		$text .= join "\n", map { $_->[1] } grep { $_->[0] == $part } @$functions;
		for my $i (grep { $parts[$_] == $part } 0 .. $count - 1) {
			my $ctx = { %$quiet, part => $part, fn => "drive_$i", top => 1 };

			$text .= "\nu32 drive_$i(u32 acc)\n{\n" . $g->statements($ctx, $r->between(4, 10)) .
				"\treturn acc;\n}\n";
		}
		$text .= "#endif\n";
	}
	my $ctx = { %$quiet, part => 1, fn => 'handler', depth => 1,
		    sigs => [grep { !$_->{throws} } @{ $g->{sigs} }] };
	$text .= "\n#if IN(1)\nvoid handler(int n)\n{\n\tu32 acc = (u32)n;\n" .
		$g->statements($ctx, 2) . "\tnote(acc);\n}\n";
	if ($r->chance(20)) {
		my $early = { %$ctx, fn => 'early' };

		$text .= "\n__attribute__((constructor)) static void early(void)\n{\n" .
			"\tu32 acc = 5;\n" . $g->statements($early, 3) . "\tnote(acc);\n}\n";
	}
	$text .= "\nint main(void)\n{\n\tu32 acc = 1;\n\n\tsignal(SIGUSR1, handler);\n";
	$text .= "\tfor (int round = 0; round < 3; round++) {\n";
	for my $i (0 .. $count - 1) {
		my $drive = "acc = drive_$i(acc);";

		$drive = "try { $drive } catch (int e) { note((u64)e); acc = 7; }" if $g->{cxx};
		$text .= "//{$g->{statements}\n\t\tfuel = 50;\n\t\t$drive\n\t\tnote(acc);\n" .
			"\t\tverify();\n//}" . $g->{statements}++ . "\n";
	}
	return "$text\t}\n\treturn finish();\n}\n#endif\n";
}

1;
