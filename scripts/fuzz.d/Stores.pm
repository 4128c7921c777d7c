# SPDX-License-Identifier: GPL-2.0-or-later
#
# The ways to change a key. Each is a statement, or several, after which no site is
# stale: what the plugin does not follow is followed by static_call_key_sync().

package Stores;

use strict;
use warnings;

sub name # program
{
	my ($g) = @_;

	return 'v' . $g->{names}++;
}

# Through a cast that keeps the type: keys of one that cannot be had by address.
my @direct = (
	'{lv} = {f};',
	'{lv} = acc & 2 ? {f} : {g};',
	'if (acc & 1) {lv} = {f}; else {lv} = {g};',
);

my @addressed = (
	'*&{lv} = {f};',
	'T *p = &{lv}; *p = {f};',
	'T f = {f}; T *p = &{lv}; *p = f; p = &f; *p = {g};',
	'void *p = &{lv}; *(T *)p = {f};',
	'T *volatile p = &{lv}; *p = {f};',
	'T *p = &{lv}; T **pp = &p; **pp = {f};',
	'T other = {g}; T *p = acc & 4 ? &{lv} : &other; *p = {f};',
	'*(T volatile *)&{lv} = {f};',
	'*(any_pointer *)&{lv} = (void *){f};',
	'T f = {f}; memcpy(&{lv}, &f, sizeof(f));',
	'T f = {f}; memmove((void *)&{lv}, (const void *)&f, sizeof(f));',
	'T f = {f}; void *p = &{lv}; memcpy(p, &f, sizeof(f));',
	'T f[2] = { {f}, {g} }; memcpy(&{lv}, f + (acc & 1), sizeof(T));',
	'T f[2] = { {f}, {g} }; size_t n = sizeof(T) * (1 + (acc & 0)); memcpy(&{lv}, f, n);',
	'__atomic_store_n(&{lv}, {f}, __ATOMIC_SEQ_CST);',
	'__atomic_store_n(&{lv}, {f}, __ATOMIC_RELEASE);',
	'T f = {f}; __atomic_store(&{lv}, &f, __ATOMIC_SEQ_CST);',
	'(void)__atomic_exchange_n(&{lv}, {f}, __ATOMIC_SEQ_CST);',
	'T f = {f}, old; __atomic_exchange(&{lv}, &f, &old, __ATOMIC_SEQ_CST);',
	'T old = {lv}; (void)__atomic_compare_exchange_n(&{lv}, &old, {f}, 0, 5, 5);',
	'T old = {g}; (void)__atomic_compare_exchange_n(&{lv}, &old, {f}, 0, 5, 5);',
	'(void)__sync_lock_test_and_set(&{lv}, {f});',
	'(void)__sync_bool_compare_and_swap(&{lv}, {lv}, {f});',
	'(void)__sync_val_compare_and_swap(&{lv}, {g}, {f});',
	'set_T(&{lv}, {f});',
	'put_T(&{lv}, {f});',
	'set_any(&{lv}, (static_call_key_fn){f});',
	'__asm__ volatile("" : "=r"({lv}) : "0"({f}));',
	'__asm__ volatile("mov %1, %0" : "=m"({lv}) : "r"({f}));',
	'for (int i = 0; i < 3; i++) { {lv} = i & 1 ? {g} : {f}; }',
	'T *p = &{lv}; for (int i = 0; i < 3; i++) { *p = i & 1 ? {g} : {f}; }',
);

# The pointer p becomes another one of q, or stays, by branches in branches and loops.
sub ways # random, depth
{
	my ($r, $depth) = @_;
	my $text = '';

	for (0 .. $r->below(3)) {
		my $bit = 1 << $r->below(6);
		my $inner = $depth ? ways($r, $depth - 1) : '';

		$text .= $r->weighted(
			3 => 'p = q[' . $r->below(4) . ']; ',
			2 => 'state++; ',
			2 => '*p = {' . $r->pick('f', 'g') . '}; ',
			4 => "if (acc & $bit) { $inner}" . $r->pick(' ', ' else { state += 2; } '),
			2 => "if (acc & $bit) { ${inner}state++; } else { p = q[" . $r->below(4) . ']; } ',
			1 => "for (u32 i = acc & 3; i; i--) { $inner}",
		);
	}
	return $text;
}

# A pointer that is one of several, of which the compiler does not know where they lead.
sub chosen # random
{
	my ($r) = @_;

	return 'T other = {g}; T *all[4] = { &other, &{lv}, &other, &{lv} }, **q = all; ' .
		'__asm__("" : "+r"(q) : : "memory"); T *p = q[acc & 3]; ' . ways($r, 3) .
		'*p = {f};';
}

# Not followed, or not a store at all.
my @explicit = (
	'CHANGED(static_call_key_update(&{lv}, {f}));',
	'CHANGED(static_call_key_update(&{lv}, acc & 1 ? {f} : {g}));',
	'CHANGED(static_call_key_set((void *)&{lv}, (static_call_key_fn){f}));',
	'struct static_call_key_change c[2] = { { (void *)&{lv}, (static_call_key_fn){g} }, ' .
		'{ (void *)&{lv}, (static_call_key_fn){f} } }; ' .
		'CHANGED(static_call_key_update_many(c, 2));',
	'T f = {f}; copy_unseen((void *)&{lv}, (const void *)&f, sizeof(f)); ' .
		'CHANGED(static_call_key_sync((const void *)&{lv}, sizeof(f)));',
	'*(any_word *)&{lv} = (any_word){f}; ' .
		'CHANGED(static_call_key_sync((const void *)&{lv}, 8));',
	'T f = {f}; for (unsigned int i = 0; i < sizeof(f); i++) ' .
		'((char *)&{lv})[i] = ((char *)&f)[i]; ' .
		'CHANGED(static_call_key_sync((const void *)&{lv}, 8));',
	'CHANGED(static_call_key_sync((const void *)&{lv}, sizeof({lv})));',
);

my @cxx = (
	'T &ref = {lv}; ref = {f};',
	'T other = {f}; std::swap({lv}, other);',
	'T f[1] = { {f} }; std::copy(f, f + 1, &{lv});',
	'auto set = [&](T f) { {lv} = f; SYNC(&{lv}, 8); }; set({f});',
	'new (&{lv}) T({f});',
	'Setter<T>::set({lv}, {f});',
);

sub functions # program, key, part: what it may be set to
{
	my ($g, $key, $part) = @_;

	return $g->function($key->{sig}, $part);
}

sub one # program, context, key
{
	my ($g, $ctx, $key) = @_;
	my ($r, $lv) = ($g->{r}, $key->{lv});
	my $form;

	if ($key->{raw} && $r->chance(40)) {
		$form = $r->chance(50) ? "$key->{raw} = (void *){f};" : "$key->{twin} = {f};";
	} elsif ($key->{null} && $r->chance(30)) {
		$form = $r->pick('{lv} = NULL;', 'CHANGED(static_call_key_update(&{lv}, NULL));',
				 'memset((void *)&{lv}, 0, sizeof({lv}));');
	} elsif ($key->{odd}) { # volatile or _Atomic
		$form = $r->pick(@direct[0, 1],
				 'CHANGED(static_call_key_set((void *)&{lv}, ' .
				 '(static_call_key_fn){f}));');
	} elsif ($key->{noaddr}) {
		$form = $r->pick(@direct);
	} else {
		$form = $r->weighted(25 => $r->pick(@direct), 55 => $r->pick(@addressed),
				     10 => chosen($r),
				     20 => $r->pick(@explicit),
				     ($g->{cxx} ? 15 : 0) => $r->pick(@cxx));
	}
	# A template does not match a function type with attributes.
	$form =~ s{update\((&\{lv\}), (.*)\)\);}
		{set((void *)$1, (static_call_key_fn)($2)));}
		if $g->{cxx} && $key->{sig}{effect} eq 'type';
	$form =~ s/\{lv\}/$lv/g;
	$form =~ s/\{f\}/functions($g, $key, $ctx->{part})/ge;
	$form =~ s/\{g\}/functions($g, $key, $ctx->{part})/ge;
	$form =~ s/\bT\b/T$key->{sig}{n}/g;
	$form =~ s/\b(set|put)_T\b/$1_T$key->{sig}{n}/g;
	# asm outputs do not convert in C++, where a conditional has another type.
	$form .= $key->{noaddr} || $key->{odd}
		? " SYNC(&$key->{object}{name}, sizeof($key->{object}{name}));"
		: " SYNC(&$lv, sizeof($lv));";
	return "{ $form }";
}

sub writable # context, keys...
{
	my ($ctx, @keys) = @_;

	for my $key (@keys) {
		return 0 if $key->{const};
		return 0 if $ctx->{mod} && !$ctx->{mod}{ $key->{id} };
	}
	return 1;
}

# Two keys of one type change places.
sub swap # program, context
{
	my ($g, $ctx) = @_;
	my @keys = grep { writable($ctx, $_) && !$_->{null} && !$_->{odd} && !$_->{noaddr} }
		$g->visible($ctx);
	return '' if !@keys;
	my $a = $g->{r}->pick(@keys);
	my $b = $g->{r}->pick(grep { $_->{sig} == $a->{sig} } @keys);
	my $t = name($g);

	return "{ T$a->{sig}{n} $t = $a->{lv}; $a->{lv} = $b->{lv}; $b->{lv} = $t; " .
		"SYNC(&$a->{lv}, 8); SYNC(&$b->{lv}, 8); }";
}

# A whole object is copied, or built anew.
sub object # program, context
{
	my ($g, $ctx) = @_;
	my $r = $g->{r};
	my @objects = grep { $_->{node}{is} =~ /^(struct|array|union)$/ && !$_->{odd} &&
			     writable($ctx, @{ $_->{keys} }) &&
			     $g->sees($ctx, $_) } @{ $g->{objects} };
	return '' if !@objects;
	my $o = $r->pick(@objects);
	my @same = grep { $_->{node} == $o->{node} && $g->sees($ctx, $_) && !$_->{odd} }
		@{ $g->{objects} };
	my ($to, $n) = ($o->{name}, "sizeof($o->{name})");
	my $from = $r->pick(@same)->{name};
	my ($local, $p) = (name($g), name($g));
	my $type = Types::declare($o->{node}, '');
	my $sync = "SYNC(&$to, $n);";
	my $fresh = Types::declare($o->{node}, $local) . ' = ' .
		Types::initial($g, $o->{node}, $ctx->{part}) . ';';
	my @forms = (
		"memmove((void *)&$to, (const void *)&$from, $n);",
		"$fresh memcpy((void *)&$to, (const void *)&$local, $n);",
		"$fresh void *$p = &$to; memcpy($p, (const void *)&$local, $n);",
		"$fresh memset((void *)&$to, 0, $n); $sync memcpy((void *)&$to, (const void *)&$local, $n);",
		"$fresh copy_unseen((void *)&$to, (const void *)&$local, $n); " .
			"CHANGED(static_call_key_sync((const void *)&$to, $n));",
	);
	if ($o->{node}{is} ne 'array') {
		my $t = "$o->{node}{is} S$o->{node}{n}";
		push @forms, "$to = $from;", "$fresh $to = $local;",
			"$t *$p = &$to; *$p = $from;", "$fresh $t *$p = &$to; *$p = $local;",
			"$t $local = $from; $to = $local;";
		push @forms, "$to = ($t)" . Types::initial($g, $o->{node}, $ctx->{part}) . ';'
			if !$g->{cxx};
		push @forms, "$fresh std::swap($to, $local);" if $g->{cxx};
		push @forms, "$fresh __builtin_memcpy(&$to, &$local, $n);" if !$g->{cxx};
	}
	my $form = $r->pick(@forms);
	return "{ $form $sync }";
}

# One element of an array, or all of them, by a variable index.
sub element # program, context
{
	my ($g, $ctx) = @_;
	my $r = $g->{r};
	my @arrays = grep { writable($ctx, @{ $_->{keys} }) && $g->sees($ctx, $_->{object}) &&
			    !$_->{odd} } @{ $g->{arrays} };
	return '' if !@arrays;
	my $a = $r->pick(@arrays);
	my $f = $g->function($a->{sig}, $ctx->{part});
	my $i = name($g);
	my $sync = "SYNC(&$a->{object}{name}, sizeof($a->{object}{name}));";
	my $form = $r->pick(
		"$a->{lv}\[acc % $a->{n}] = $f;",
		"for (u32 $i = 0; $i < $a->{n}; $i++) $a->{lv}\[$i] = $i & 1 ? $f : " .
			$g->function($a->{sig}, $ctx->{part}) . ';');
	$form .= " $sync";
	return "{ $form }";
}

sub statement # program, context
{
	my ($g, $ctx) = @_;
	my @keys = grep { writable($ctx, $_) } $g->visible($ctx);

	return '' if !@keys;
	my $what = $g->{r}->weighted(65 => 'one', 10 => 'swap', 15 => 'object', 10 => 'element');
	return swap($g, $ctx) if $what eq 'swap';
	return object($g, $ctx) if $what eq 'object';
	return element($g, $ctx) if $what eq 'element';
	return one($g, $ctx, $g->{r}->pick(@keys));
}

1;
