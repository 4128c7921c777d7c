# SPDX-License-Identifier: GPL-2.0-or-later
#
# Random option sets: how a program is compiled, in how many objects, and what it is
# linked with.

package Options;

use strict;
use warnings;

my @levels = qw(-O0 -O1 -O2 -O2 -O3 -Os -Og);

my @any = (
	['-g'], ['-g3', '-gdwarf-5'], ['-fomit-frame-pointer'], ['-fno-omit-frame-pointer'],
	['-fcf-protection=full'], ['-fcf-protection=branch'], ['-fno-plt'],
	['-mindirect-branch=thunk', '-fcf-protection=none'],
	['-mindirect-branch=thunk-inline', '-fcf-protection=none'],
	['-mindirect-branch=thunk', '-mfunction-return=thunk', '-fcf-protection=none'],
	['-mfunction-return=thunk', '-fcf-protection=none'],
	['-mindirect-branch-register', '-fcf-protection=none'],
	['-fno-strict-aliasing'], ['-fno-ipa-ra'], ['-fno-inline'], ['-finline-limit=5000'],
	['-funroll-loops'], ['-fstack-protector-all'], ['-fno-optimize-sibling-calls'],
	['-ffunction-sections', '-fdata-sections', '-Wl,--gc-sections'],
	['-maccumulate-outgoing-args'], ['-mno-red-zone'], ['-freorder-blocks-and-partition'],
	['-fexceptions'], ['-fexceptions', '-fnon-call-exceptions'],
	['-fno-asynchronous-unwind-tables'], ['-ftree-tail-merge'], ['-fgcse-after-reload'],
	['-fwrapv'], ['-fno-toplevel-reorder'], ['-fno-section-anchors'], ['-mstackrealign'],
	['-fstack-clash-protection'], ['-finstrument-functions'], ['-fno-schedule-insns2'],
	['-fselective-scheduling2', '-fschedule-insns'], ['-fipa-pta'], ['-fno-ipa-icf'],
	['-fno-ipa-cp'], ['-fipa-cp-clone'], ['-fno-early-inlining'], ['-fno-tree-ter'],
	['-fvisibility=hidden'], ['-mtune=atom'], ['-mtune=intel'], ['-mcmodel=medium'],
	['-mcmodel=large'], ['-mforce-indirect-call'], ['-fzero-call-used-regs=all'],
	['-fpatchable-function-entry=4,2'], ['-Wl,-z,now'], ['-static'], ['-fno-common'],
	['-ftracer'], ['-fno-reorder-functions'], ['-fno-jump-tables'], ['-fno-tree-dce'],
	['-fno-guess-branch-probability'], ['-falign-functions=64', '-falign-loops=32'],
	['-Wa,-mbranches-within-32B-boundaries'], ['-fsplit-wide-types-early'],
	['-fprofile-arcs'], ['-fno-dwarf2-cfi-asm'], ['-mavx2'], ['-mskip-rax-setup'],
	['-fdelete-null-pointer-checks'], ['-fno-delete-null-pointer-checks'], ['-frename-registers'],
	['-fharden-compares'], ['-mharden-sls=all'], ['-masm=intel'], ['-Wl,-z,relro'],
	['-fno-semantic-interposition'], ['-flive-range-shrinkage'], ['-fcaller-saves'],
	['-fira-region=all'], ['-fkeep-static-functions'], ['-fno-ipa-sra'], ['-fprofile-generate'],
	['-fno-guess-branch-probability', '-fno-ipa-pure-const'], ['-pg'], ['-fuse-ld=gold'],
	['-Wl,-O1,--sort-common'], ['-fmerge-all-constants'], ['-fno-tree-fre'],
);

my @sanitizers = ('-fsanitize=address', '-fsanitize=undefined', '-fsanitize=thread',
		  '-fsanitize=address,undefined');

my (%known, $avx2);

# Does this compiler, with what is installed, make a program with these?
sub usable # driver, flags
{
	my ($d, @flags) = @_;
	my $key = join ' ', @flags;

	if (!exists $known{$key}) {
		if ($key =~ /avx2/ && !defined $avx2) {
			$avx2 = 0;
			if (open my $f, '<', '/proc/cpuinfo') {
				$avx2 ||= /\bavx2\b/ while <$f>;
			}
		}
		my $source = "$d->{work}/usable.c";
		$d->write($source, "int main(void) { return 0; }\n");
		my @output = ('-o', "$d->{work}/usable");
		$known{$key} = ($key !~ /avx2/ || $avx2) &&
			$d->run(60, "$d->{work}/usable.log", $d->compiler(0), @flags, @output,
				$source) == 0 &&
			$d->run(60, "$d->{work}/usable.log", "$d->{work}/usable") == 0;
	}
	return $known{$key};
}

# A variant: flags of all objects and of the link, more for each object, the
# arguments of the plugin, the layout, and the runtimes to link with.
sub variant # driver, program, random
{
	my ($d, $program, $r) = @_;
	my $v = { layout => 'one', arguments => [], runtimes => [] };
	my @flags = ($r->pick(@levels));
	my @kind = @{ $r->pick(['-fno-pie', '-no-pie'], ['-fPIE', '-pie'], ['-fPIC', '-pie']) };

	push @flags, @kind;
	for (1 .. $r->weighted(25 => 0, 35 => 1, 25 => 2, 15 => 3)) {
		my $more = $r->pick(@any);

		next if $program->{clobbers} &&
			"@$more" =~ /-fno-dwarf2-cfi-asm|-mforce-indirect|-mcmodel=large/;
		push @flags, @$more if usable($d, @kind, @$more);
	}
	push @flags, $r->pick('-flto', '-flto', '-flto -ffat-lto-objects',
			      '-flto -flto-partition=none', '-flto -flto-partition=max') if $r->chance(12);
	if ($r->chance(10) && "@flags" !~ /-static|-pg|-mcmodel=large|-fuse-ld|-mforce/) {
		my $more = $r->pick(@sanitizers);

		push @flags, $more, '-fno-sanitize-recover=all' if usable($d, @kind, $more);
	}
	@flags = grep { $_ ne '-pie' } @flags if grep { $_ eq '-static' } @flags;
	$v->{flags} = [map { split ' ' } @flags];
	if ($program->{parts} == 2) {
		$v->{layout} = $r->weighted(20 => 'one', 30 => 'two', 20 => 'plain', 30 => 'library');
		$v->{layout} = 'two' if $v->{layout} eq 'library' &&
			"@flags" =~ /-static|-mcmodel|-fuse-ld|-pg|-fvisibility/;
		# Link-time optimization wants the plugin wherever a key is defined, and
		# clobber sets want it wherever a target is.
		$v->{layout} = 'two' if $v->{layout} eq 'plain' &&
			("@flags" =~ /-flto/ || $program->{clobbers});
	}
	$v->{second} = [$r->chance(50) ? $r->pick(@levels) : ()];
	push @{ $v->{arguments} }, 'strict' if $program->{strict} || $r->chance(15);
	push @{ $v->{arguments} }, 'guards=' . $r->weighted(60 => 'all', 10 => 'off', 10 => 'named')
		if $r->chance(60);
	push @{ $v->{arguments} }, 'dynamic=' . $r->weighted(80 => 'everywhere', 15 => 'all', 5 => 'off')
		if $r->chance(50);
	my $runtime = $r->weighted(60 => 'static', 40 => 'shared');
	$runtime = 'static' if grep { $_ eq '-static' } @{ $v->{flags} };
	push @{ $v->{runtimes} }, $runtime;
	push @{ $v->{runtimes} }, 'none' if $r->chance(40);
	return $v;
}

sub text # variant
{
	my ($v) = @_;

	return join ' ', @{ $v->{flags} }, (map { "-fplugin-arg-static_call-$_" } @{ $v->{arguments} }),
		"(layout: $v->{layout}" . (@{ $v->{second} } ? ", second object @{ $v->{second} }" : '') .
		", runtime: @{ $v->{runtimes} })";
}

1;
