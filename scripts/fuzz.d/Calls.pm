# SPDX-License-Identifier: GPL-2.0-or-later
#
# The ways to call through a key. C leaves open whether the callee is read before
# the arguments are evaluated, and in which order these are: at most one argument is
# a call, and it cannot change the callee. In C++17, which reads the callee first,
# programs for the option "strict" do without the latter rule.

package Calls;

use strict;
use warnings;

# A number that nothing else in the expression can change.
sub number # program, context
{
	my ($g, $ctx) = @_;
	my $r = $g->{r};
	my @names = ('acc', @{ $ctx->{numbers} });

	return $r->weighted(30 => $r->between(0, 99999) . 'u',
			    30 => $r->pick(@names),
			    20 => '(' . $r->pick(@names) . ' ^ ' . $r->between(1, 999) . 'u)',
			    10 => '(' . $r->pick(@names) . ' >> ' . $r->between(1, 9) . ')',
			    10 => '(' . $r->pick(@names) . ' * ' . $r->between(3, 99) . 'u)');
}

# May a call of this type be made while these keys are being read?
sub harmless # program, function type, ids
{
	my ($g, $sig, @ids) = @_;

	return 1 if $g->{strict};
	return !grep { $sig->{changes}{$_} } @ids;
}

sub arguments # program, context, function type, ids of the callee, depth
{
	my ($g, $ctx, $sig, $ids, $depth) = @_;
	my $r = $g->{r};
	my @kinds = @{ $sig->{args} };
	my $call = @kinds && $depth > 0 && $r->chance(35) ? $r->below(scalar @kinds) : -1;
	my @reading = (@$ids, @{ $ctx->{reading} || [] });
	my @args;

	for my $i (0 .. $#kinds) {
		my $inner = $i == $call
			? expression($g, { %$ctx, reading => \@reading }, $depth - 1, sub {
				my ($s) = @_;
				return $s->{ret} ne 'void' && harmless($g, $s, @reading); })
			: undef;
		if ($inner && $inner->{sig}{ret} eq $kinds[$i]) {
			push @args, $inner->{text};
		} elsif ($inner) {
			push @args, "mk_$kinds[$i]((u32)h_$inner->{sig}{ret}($inner->{text}))";
		} else {
			push @args, "mk_$kinds[$i](" . number($g, $ctx) . ')';
		}
	}
	if ($sig->{variadic}) {
		my $n = $r->below(6);
		my @types = ('i', 'd', 'l', 'P', 'e');

		push @args, $n . 'u' if !@kinds;
		$args[0] = "${n}u" if $n >= 0;
		push @args, "mk_$types[$_ % 5](" . number($g, $ctx) . ')' for 0 .. $n - 1;
	}
	return join(', ', @args);
}

# An expression of the key's value, and the ids of the keys that it may read, or
# undef if it also writes. argument: the call is one of another call.
sub callee # program, context, key, argument
{
	my ($g, $ctx, $key, $argument) = @_;
	my ($r, $k, $n) = ($g->{r}, $key->{lv}, $key->{sig}{n});
	my @ids = ($key->{id});

	return ("OR_ZERO($k, zero_T$n)", @ids) if $key->{null};
	return ($k, @ids) if $key->{odd} || $key->{noaddr} || $r->chance(55);
	my @forms = ("(*$k)", "(**$k)", "((T$n)$k)", "({ $k; })", "(acc, $k)", "(*&$k)",
		     "({ T$n p = $k; p; })", "(*(T$n *)(void *)&$k)", "({ T$n *p = &$k; *p; })");
	@forms = map { my $f = $_; $f =~ s/\(T$n \*\)/(T$n const *)/;
		       $f =~ s/\bT$n \*p/T$n const *p/; $f =~ s/\(void \*\)/(const void *)/; $f }
		@forms if $key->{const};
	if ($r->chance(25)) {
		my @other = grep { $_->{sig} == $key->{sig} && !$_->{null} } $g->visible($ctx);
		my $o = $r->pick(@other);

		return ("(acc & 1 ? $k : $o->{lv})", @ids, $o->{id}) if $r->chance(50);
		return ("(acc & 1 ? $k : " . $g->function($key->{sig}, $ctx->{part}) . ')', @ids);
	}
	my @arrays = grep { $_->{sig} == $key->{sig} && $g->sees($ctx, $_->{object}) }
		@{ $g->{arrays} };
	if (@arrays && $r->chance(40)) {
		my $a = $r->pick(@arrays);
		my @of = map { $_->{id} } @{ $a->{keys} };

		return ("$a->{lv}\[" . number($g, $ctx) . " & 1]", @of);
	}
	# Stored in the same expression: no argument of it may be a call, nor be it one.
	if (!$argument && $r->chance(15) && Stores::writable($ctx, $key)) {
		my $f = $g->function($key->{sig}, $ctx->{part});

		return ("($k = $f, SYNC(&$k, sizeof($k)), $k)", undef);
	}
	if (!$key->{const} && $key->{object}{pointer} && $k =~ /^\w+(\..*)$/) {
		return ("(*$key->{object}{pointer})$1", @ids);
	}
	return ($r->pick(@forms), @ids);
}

# A call: its text and function type. The caller may be choosy about the type.
sub expression # program, context, depth, condition
{
	my ($g, $ctx, $depth, $condition) = @_;
	my $r = $g->{r};
	my %sigs = map { $_->{n} => 1 } grep { !$condition || $condition->($_) } @{ $ctx->{sigs} };
	my @keys = grep { $sigs{ $_->{sig}{n} } } $g->visible($ctx);

	return undef if !@keys;
	my $key = $r->pick(@keys);
	my ($text, @ids) = callee($g, $ctx, $key, $condition);
	$depth = 0 if !defined $ids[0];
	return { text => "$text(" . arguments($g, $ctx, $key->{sig}, \@ids, $depth) . ')',
		 sig => $key->{sig}, key => $key };
}

# The call as a number, for its effects and its value.
sub value # program, context, depth, condition
{
	my ($g, $ctx, $depth, $condition) = @_;
	my $call = expression($g, $ctx, $depth, $condition) or return '1u';

	return "($call->{text}, 3u)" if $call->{sig}{ret} eq 'void';
	return "h_$call->{sig}{ret}($call->{text})";
}

# Through a local copy, with or without something in between.
sub copied # program, context
{
	my ($g, $ctx) = @_;
	my $r = $g->{r};
	my @keys = grep { !$_->{odd} } $g->visible($ctx);
	my $key = $r->pick(@keys) or return '';
	my $sig = $key->{sig};
	return '' if !grep { $_ == $sig } @{ $ctx->{sigs} };
	my $p = Stores::name($g);
	my $call = sub {
		my $text = "$p(" . arguments($g, $ctx, $sig, [], 1) . ')';

		return $sig->{ret} eq 'void' ? "$text;" : "acc = mix(acc, h_$sig->{ret}($text));";
	};
	my $test = $key->{null} || $r->chance(30) ? "if ($p) " : '';
	my $text = "T$sig->{n} $p = $key->{lv};\n";
	my $form = $r->weighted(30 => 'between', 15 => 'plain', 15 => 'twice', 15 => 'loop',
				10 => 'branch', 8 => 'volatile', 7 => 'reference');

	# What makes it more than a copy: the key changes before the call.
	my $between = sub {
		my $store = Stores::writable($ctx, $key) && $r->chance(60)
			? Stores::one($g, $ctx, $key) . "\n" : '';

		return $store . $g->statements($ctx, $_[0]);
	};

	$form = 'plain' if $key->{null} && $form =~ /reference|branch/;
	if ($form eq 'between') {
		$text .= $between->(1) . $test . $call->();
	} elsif ($form eq 'plain') {
		$text .= $test . $call->();
	} elsif ($form eq 'twice') {
		$text .= $test . $call->() . "\n" . $between->(0) . $test . $call->();
	} elsif ($form eq 'loop') {
		my $n = Stores::name($g);

		$text .= "for (u32 $n = 0; $n < 3; $n++) {\n" . $test . $call->() . "\n" .
			$between->(0) . ($r->chance(50) ? "$p = $key->{lv};\n" : '') . '}';
	} elsif ($form eq 'branch') {
		$text .= "if (acc & 2)\n\t$p = " . $g->function($sig, $ctx->{part}) . ";\n" .
			($r->chance(50) ? $g->statements($ctx, 1) : '') . $call->();
	} elsif ($form eq 'volatile') {
		$text = "T$sig->{n} volatile $p = $key->{lv};\n" . $between->(0) . $test . $call->();
	} elsif ($g->{cxx}) {
		my $const = $key->{const} || $key->{noaddr} ? 'const ' : '';

		$text = "T$sig->{n} ${const}&$p = $key->{lv};\n" . $between->(1);
		# Not a copy: what is called while the arguments are evaluated matters.
		$text = $const ? '' : $text . "$p(" . join(', ', map { "mk_$_(acc)" }
			@{ $sig->{args} }) . ($sig->{variadic} ? ' & 0' : '') . ');';
	} else {
		$text .= $call->();
	}
	return "{\n$text\n}";
}

1;
