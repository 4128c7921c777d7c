# SPDX-License-Identifier: GPL-2.0-or-later
#
# Drops statements of a generated program as long as it fails in the same way: from
# //{N to //}N, all that is between. Smaller and smaller groups of them.

package Reduce;

use strict;
use warnings;

sub without # text, ids
{
	my ($text, %drop) = @_;
	my ($out, $in) = ('');

	for my $line (split /^/, $text) {
		if (!defined $in && $line =~ m{^//\{(\d+)$} && $drop{$1}) {
			$in = $1;
			$out .= ";\n";
		}
		$out .= $line if !defined $in;
		undef $in if defined $in && $line eq "//}$in\n";
	}
	return $out;
}

# still_fails: a function of a text. Returns the smallest text that does.
sub reduce # text, still_fails, tries
{
	my ($text, $still_fails, $tries) = @_;
	my $progress = 1;

	while ($progress) {
		my @ids = $text =~ m{^//\{(\d+)$}mg;

		$progress = 0;
		for (my $size = @ids; $size >= 1 && $tries > 0; $size = int($size / 2)) {
			for (my $i = 0; $i < @ids && $tries > 0; $i += $size) {
				my $last = $i + $size - 1 < $#ids ? $i + $size - 1 : $#ids;
				my $less = without($text, map { $_ => 1 } @ids[$i .. $last]);

				next if $less eq $text;
				$tries--;
				next if !$still_fails->($less);
				$text = $less;
				$progress = 1;
			}
		}
	}
	return $text;
}

1;
