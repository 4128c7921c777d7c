# SPDX-License-Identifier: GPL-2.0-or-later
#
# Programs of csmith. Every function gets a twin that just calls it, and a key that
# holds one or the other; all calls go through keys, and some blocks change some keys
# before they start. So the checksum that csmith prints must stay the same.

package Csmith;

use strict;
use warnings;
use Random;

sub generate # seed, driver; undef if csmith gives nothing to do
{
	my ($seed, $d) = @_;
	my $r = Random->new($seed, 'csmith');
	my $file = "$d->{work}/csmith.out";

	return undef if $d->run(60, $file, 'csmith', '--seed', $seed, '--no-argc', '--max-funcs', '12',
				'--no-bitfields', $r->pick('--inline-function', '--no-inline-function'));
	my ($head, $tail) = Driver::slurp($file) =~ m{^(.*)(/\* --- FUNCTIONS --- \*/.*)$}s or return undef;
	my (@keys, $text);

	for my $line ($head =~ /^((?:inline )?static .*\bfunc_\d+\(.*\);)$/mg) {
		my ($ret, $n, $params) = $line =~
			/^(?:inline )?static (.*?)\s*\bfunc_(\d+)\((.*)\);$/ or return undef;
		my @types = $params eq 'void' ? () : split / *, */, $params;
		my $i = 0;
		my $list = join(', ', map { s/\s*\bp_\d+$//r . ' a' . $i++ } @types) || 'void';
		my $arguments = join ', ', map { "a$_" } 0 .. $#types;

		push @keys, $n;
		$text .= "static $ret twin_$n($list) { " . ($ret eq 'void' ? '' : 'return ') .
			"func_$n($arguments); }\n" .
			($r->chance(50) ? 'static ' : '') . "$ret (*key_$n)($params) STATIC_CALL_KEY = " .
			($r->chance(50) ? 'func' : 'twin') . "_$n;\n";
	}
	return undef if @keys < 3;
	my $change = sub {
		my $n = $r->pick(@keys);
		my $other = ($r->chance(50) ? 'func' : 'twin') . "_$n";

		return $r->pick("key_$n = $other;", "key_$n = key_$n == func_$n ? twin_$n : func_$n;",
				"static_call_key_update(&key_$n, $other);",
				"__atomic_store_n(&key_$n, $other, __ATOMIC_SEQ_CST);");
	};
	# Calls, not definitions, which start a line.
	$tail =~ s/^((?!static |inline ).*)$/$1 =~ s{\bfunc_(\d+)\(}{key_$1(}gr/gme;
	# At the end of the declarations of a block, which an empty line follows.
	$tail =~ s{(/\* block id: \d+ \*/\n(?: +[^\n]*;\n)*?)(?= +(?:if|for|return|g_|\(|l_|\*))}
		{ $r->chance(25) ? "$1    " . $change->() . "\n" : $1 }ge;
	$tail .= <<'END';
static int add_up(const struct static_call_key_info *info, void *data)
{
	unsigned long *totals = data;

	totals[0] += info->sites;
	totals[1] += info->patched;
	return 0;
}

__attribute__((destructor)) static void fuzz_totals(void)
{
	unsigned long totals[2] = { 0, 0 };

	if (static_call_key_verify())
		printf("stale site\n");
	static_call_key_for_each(add_up, totals);
	fprintf(stderr, "totals %lu %lu\n", totals[0], totals[1]);
}
END
	return { text => "#include <static_call.h>\n$head\n$text\n$tail", cxx => 0, std => 'gnu11',
		 strict => 0, parts => 1, seconds => 10, flags => ['-I/usr/include/csmith'] };
}

1;
