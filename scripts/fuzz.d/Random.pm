# SPDX-License-Identifier: GPL-2.0-or-later
#
# Random numbers that are the same everywhere for the same seed and purpose.

package Random;

use strict;
use warnings;

sub new # class, seed, purpose
{
	my ($class, $seed, $purpose) = @_;
	my $state = 2166136261;

	for my $byte (unpack 'C*', "$purpose:$seed") {
		$state = (($state ^ $byte) * 16777619) & 0xffffffff;
	}
	my $self = bless { state => $state || 1 }, $class;
	$self->next for 1 .. 8;
	return $self;
}

# xorshift32
sub next
{
	my ($self) = @_;
	my $x = $self->{state};

	$x ^= ($x << 13) & 0xffffffff;
	$x ^= $x >> 17;
	$x ^= ($x << 5) & 0xffffffff;
	return $self->{state} = $x;
}

# 0 .. n - 1
sub below
{
	my ($self, $n) = @_;

	return ($self->next >> 3) % $n;
}

# from a to b
sub between
{
	my ($self, $a, $b) = @_;

	return $a + $self->below($b - $a + 1);
}

# true n times in a hundred
sub chance
{
	my ($self, $n) = @_;

	return $self->below(100) < $n;
}

sub pick
{
	my ($self, @list) = @_;

	return $list[$self->below(scalar @list)];
}

# One of weight => value, ...
sub weighted
{
	my ($self, @pairs) = @_;
	my $sum = 0;

	for (my $i = 0; $i < @pairs; $i += 2) {
		$sum += $pairs[$i];
	}
	my $n = $self->below($sum);
	for (my $i = 0; $i < @pairs; $i += 2) {
		return $pairs[$i + 1] if $n < $pairs[$i];
		$n -= $pairs[$i];
	}
	die;
}

# Each element with this chance in a hundred
sub some
{
	my ($self, $chance, @list) = @_;

	return grep { $self->chance($chance) } @list;
}

1;
