# SPDX-License-Identifier: GPL-2.0-or-later
#
# Function types of a generated program, and the objects that hold pointers to
# such functions: scalars, arrays, structs, unions, tagged here or there.

package Types;

use strict;
use warnings;

our %name = (
	void => 'void', i => 'int', u => 'unsigned int', l => 'long', s => 'short',
	c => 'signed char', uc => 'unsigned char', f => 'float', d => 'double',
	e => 'long double', x => '__int128', p => 'int *', P => 'struct P', Q => 'struct Q',
	R => 'struct R', F => 'struct F', L => 'struct L', D => 'struct D', v => 'v4si',
	w => 'v2df', y => 'v8si', z => '_Complex double', Z => '_Complex float',
);
my @kinds = sort grep { $_ ne 'void' } keys %name;
my @words = qw(i u l s c uc p);

sub kind # random
{
	my ($r) = @_;

	return $r->chance(50) ? $r->pick(@words) : $r->pick(@kinds);
}

# A function type; effect: "", "pure", "const" (tags of the key), "type" (the
# function type itself is const).
sub signature # program
{
	my ($g) = @_;
	my $r = $g->{r};
	my $sig = { n => scalar @{ $g->{sigs} }, effect => '' };

	$sig->{effect} = $r->pick(qw(pure const type)) if $r->chance(12);
	$sig->{ret} = kind($r);
	$sig->{ret} = 'void' if !$sig->{effect} && $r->chance(18);
	if (!$sig->{effect} && $r->chance(10)) {
		$sig->{variadic} = 1;
		$sig->{args} = ['u'];
	} else {
		my $n = $r->weighted(6 => 0, 25 => 1, 25 => 2, 15 => 3, 6 => 7, 4 => 11);
		$sig->{args} = [map { kind($r) } 1 .. $n];
	}
	$sig->{throws} = $g->{cxx} && !$sig->{effect} && $r->chance(30);
	$sig->{fns} = [];
	clobbers($g, $sig) if $r->chance(25);
	push @{ $g->{sigs} }, $sig;
	return $sig;
}

# Where a value is returned: these registers a clobber set must list.
my %returned = (
	void => [], (map { $_ => ['rax'] } qw(i u l s c uc p P R)), x => [qw(rax rdx)],
	(map { $_ => ['xmm0'] } qw(f d v w Z)), (map { $_ => [qw(xmm0 xmm1)] } qw(F D z)),
	Q => [qw(rax xmm0)],
);

sub clobbers # program, signature
{
	my ($g, $sig) = @_;
	my $r = $g->{r};
	my $set = $returned{ $sig->{ret} } or return;

	# A function that keeps registers copies its arguments, unless over-aligned.
	return if $sig->{effect} || $sig->{variadic} || grep { $_ eq 'y' } @{ $sig->{args} };
	$g->{clobbers} = 1;
	$sig->{clobbers} = ' CLOBBERS(' . join(', ', map { "\"$_\"" } @$set, 'r11',
		$r->some($r->pick(0, 20, 80), qw(rax rcx rdx rsi rdi r8 r9 r10)),
		$r->some($r->pick(0, 20, 80), map { "xmm$_" } 0 .. 15)) . ')';
}

sub list # signature: the types of its parameters
{
	my ($sig) = @_;
	my @types = map { $name{$_} } @{ $sig->{args} };

	push @types, '...' if $sig->{variadic};
	return join(', ', @types) || 'void';
}

sub typedefs # signature
{
	my ($sig) = @_;
	my $attribute = $sig->{effect} eq 'type' ? ' __attribute__((const))'
		: $sig->{clobbers} // '';

	return "typedef $name{$sig->{ret}} (*T$sig->{n})(" . list($sig) . ")$attribute;\n";
}

# The tag for keys of this type.
sub tag # signature, may it be NULL?
{
	my ($sig, $null) = @_;

	return 'MAYBE_NULL' if $null;
	return { '' => 'KEY', type => 'KEY', pure => 'PURE_KEY', const => 'CONST_KEY' }
		->{ $sig->{effect} };
}

# A zero can be returned for these.
sub nullable # signature
{
	my ($sig) = @_;

	return !$sig->{effect} && $sig->{ret} =~ /^(void|i|u|l|s|c|uc|p|x)$/;
}

# ---- objects

sub pointer # program, function types
{
	my ($g, @sigs) = @_;

	return { is => 'fn', sig => $g->{r}->pick(@sigs) };
}

sub array # node, length
{
	my ($elem, $n) = @_;

	return { is => 'array', elem => $elem, n => $n };
}

# A struct type: its members are tagged, or it is (by "whole", at its objects).
sub struct # program, depth, whole
{
	my ($g, $depth, $whole) = @_;
	my $r = $g->{r};
	my $node = { is => 'struct', n => $g->{structs}++, fields => [], text => '' };
	my @plain = grep { !$_->{effect} } @{ $g->{sigs} };
	my $count = $r->between(2, 5);

	$node->{packed} = !$whole && $r->chance(5);
	for my $i (0 .. $count - 1) {
		my $name = "m$i";
		my ($field, $tag) = (undef, $whole || $r->chance(15) ? '' : 'KEY');
		my $what = $r->weighted(40 => 'fn', 15 => 'array', 15 => 'struct', 12 => 'union',
					18 => 'data');

		$what = 'fn' if $i == 0 || ($what eq 'struct' && !$depth);
		if ($what eq 'fn') {
			$field = pointer($g, @plain);
			if ($tag && nullable($field->{sig}) && $r->chance(15)) {
				$field->{null} = 1;
				$tag = 'MAYBE_NULL';
			}
		} elsif ($what eq 'array') {
			$field = array(pointer($g, @plain), $r->between(2, 4));
		} elsif ($what eq 'struct') {
			$field = struct($g, $depth - 1, $whole || $tag ne '');
			$field = array($field, 2) if $r->chance(30);
			push @{ $g->{structs_text} }, delete $field->{text} if $field->{text};
		} elsif ($what eq 'union') {
			$field = union($g, @plain);
		} else {
			$field = { is => 'data', type => $r->pick('char', 'int', 'long', 'double') };
			$tag = '';
		}
		push @{ $node->{fields} }, { name => $name, node => $field, tag => $tag };
	}
	my $text = "struct S$node->{n} {\n";
	for my $f (@{ $node->{fields} }) {
		$text .= "\t" . declare($f->{node}, $f->{name}) .
			($f->{tag} ? " $f->{tag}" : '') . ";\n";
	}
	push @{ $g->{structs_text} },
		$text . '}' . ($node->{packed} ? ' __attribute__((packed))' : '') . ";\n";
	return $node;
}

sub union # program, function types
{
	my ($g, @sigs) = @_;
	my $node = { is => 'union', n => $g->{structs}++, sig => $g->{r}->pick(@sigs) };

	push @{ $g->{structs_text} }, "union S$node->{n} {\n\tT$node->{sig}{n} u;\n" .
		"\tvoid *v;\n\tT$node->{sig}{n} w;\n};\n";
	return $node;
}

sub declare # node, declarator
{
	my ($node, $name) = @_;

	return declare($node->{elem}, "$name\[$node->{n}]") if $node->{is} eq 'array';
	return "T$node->{sig}{n} $name" if $node->{is} eq 'fn';
	return "$node->{type} $name" if $node->{is} eq 'data';
	return "$node->{is} S$node->{n} $name";
}

sub initial # program, node, part
{
	my ($g, $node, $part) = @_;

	return '1' if $node->{is} eq 'data';
	return $g->function($node->{sig}, $part) if $node->{is} eq 'fn';
	return '{ ' . $g->function($node->{sig}, $part) . ' }' if $node->{is} eq 'union';
	return '{ ' . join(', ', map { initial($g, $node->{elem}, $part) } 1 .. $node->{n}) . ' }'
		if $node->{is} eq 'array';
	return '{ ' . join(', ', map { initial($g, $_->{node}, $part) } @{ $node->{fields} }) . ' }';
}

# The pointers in an object, as keys; arrays of pointers go to @{ $g->{arrays} }.
sub leaves # program, object, node, lvalue, inherited facts
{
	my ($g, $object, $node, $lv, %facts) = @_;

	if ($node->{is} eq 'fn' || $node->{is} eq 'union') {
		my $key = { %facts, lv => $node->{is} eq 'fn' ? $lv : "$lv.u", sig => $node->{sig},
			    id => $g->{ids}++, null => $node->{null}, object => $object };

		$key->{raw} = "$lv.v" if $node->{is} eq 'union';
		$key->{twin} = "$lv.w" if $node->{is} eq 'union';
		push @{ $object->{keys} }, $key;
		push @{ $g->{keys} }, $key;
		return $key;
	} elsif ($node->{is} eq 'array') {
		my @keys = map { leaves($g, $object, $node->{elem}, "$lv\[$_]", %facts) }
			0 .. $node->{n} - 1;

		push @{ $g->{arrays} }, { %facts, lv => $lv, n => $node->{n}, keys => \@keys,
					  sig => $node->{elem}{sig}, object => $object }
			if $node->{elem}{is} eq 'fn';
	} elsif ($node->{is} eq 'struct') {
		for my $f (@{ $node->{fields} }) {
			leaves($g, $object, $f->{node}, "$lv.$f->{name}", %facts,
			       noaddr => $facts{noaddr} || $node->{packed},
			       tagged => $facts{tagged} || $f->{tag} ne '');
		}
	}
	return undef;
}

1;
