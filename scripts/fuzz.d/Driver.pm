# SPDX-License-Identifier: GPL-2.0-or-later
#
# Compiles and runs: a generated program as it is, which gives what it should print,
# and with the plugin at random option sets.

package Driver;

use strict;
use warnings;
use POSIX ();
use Random;
use Options;

our ($compile_seconds, $run_seconds) = (300, 60);

sub slurp
{
	my ($file) = @_;

	open my $f, '<', $file or return '';
	local $/;
	my $text = <$f>;
	return $text // '';
}

sub write
{
	my ($d, $file, $text) = @_;

	open my $f, '>', $file or die "fuzz: $file: $!\n";
	print $f $text;
	close $f or die "fuzz: $file: $!\n";
}

# Run a command, output to a file; its wait status, or -1 after a time-out.
sub run # seconds, output, command...
{
	my ($d, $seconds, $output, @command) = @_;
	my $late = 0;
	my $pid = fork // die "fuzz: fork: $!\n";

	if (!$pid) {
		setpgrp;
		open STDIN, '<', '/dev/null';
		open STDOUT, '>', $output or POSIX::_exit(126);
		open STDERR, '>', "$output.err" or POSIX::_exit(126);
		chdir $d->{work};
		exec { $command[0] } @command or POSIX::_exit(127);
	}
	local $SIG{ALRM} = sub { $late = 1; kill 'KILL', -$pid };
	alarm $seconds;
	waitpid $pid, 0;
	my $status = $?;
	alarm 0;
	return $late ? -1 : $status;
}

sub compiler
{
	my ($d, $cxx) = @_;

	return split ' ', $cxx ? $d->{cxx} : $d->{cc};
}

sub explain # what, wait status
{
	my ($what, $status) = @_;

	return "$what: time-out" if $status == -1;
	return "$what: signal " . ($status & 127) if $status & 127;
	return "$what: exit status " . ($status >> 8);
}

# Compile and link. Returns '' or what went wrong; the executable is $work/exe, and
# files that static_call-check must pass are in @{ $d->{made} }.
sub build # program, variant, with the plugin?, runtime
{
	my ($d, $program, $v, $plugin, $runtime) = @_;
	my $work = $d->{work};
	my @cc = ($d->compiler($program->{cxx}), "-std=$program->{std}", '-w', '-Wno-psabi',
		  "-I$d->{top}/include", @{ $program->{flags} || [] });
	my @plugin = !$plugin ? () : ("-fplugin=$d->{build}/static_call.so",
		"-fplugin-arg-static_call-report=$work/report",
		map { "-fplugin-arg-static_call-$_" } @{ $v->{arguments} });
	my @flags = @{ $v->{flags} };
	my @rt = !$plugin || $runtime eq 'none' ? ()
		: $runtime eq 'static' ? "$d->{build}/libstatic_call.a"
		: ("-L$d->{build}", '-Wl,--push-state,--no-as-needed', '-lstatic_call',
		   '-Wl,--pop-state', "-Wl,-rpath,$d->{build}");
	my @parts = $v->{layout} eq 'one' ? (0) : (1, 2);
	my ($log, @inputs, @libraries) = ("$work/compile");

	$d->{made} = [];
	for my $part (@parts) {
		my @with = $part == 2 && $v->{layout} eq 'plain' ? () : @plugin;
		my @more = $part ? "-DPART=$part" : ();
		my $object = "$work/part$part.o";

		push @more, @{ $v->{second} } if $part == 2;
		push @more, '-fPIC' if $part == 2 && $v->{layout} eq 'library';
		if (!$d->{linking}) {
			my $status = $d->run($compile_seconds, $log, @cc, @flags, @more, @with, '-c',
					     $program->{file}, '-o', $object);
			return explain('compile', $status) . "\n" . slurp("$log.err") if $status;
		}
		if ($part == 2 && $v->{layout} eq 'library') {
			my @lto = grep { /^-flto/ } @flags;
			my $library = "$work/lib.so";
			my @link = grep { !/^-(no-)?pie$/ && !/^-f(no-)?(pie|PIE)$/ } @flags;
			my $status = $d->run($compile_seconds, $log, @cc, @link, @more, @with,
					     '-shared', '-fPIC', $object, '-o', $library,
					     $runtime eq 'shared' ? @rt : ());
			return explain('link', $status) . "\n" . slurp("$log.err") if $status;
			push @libraries, $library, "-Wl,-rpath,$work";
			push @{ $d->{made} }, $library;
		} else {
			push @inputs, $object;
		}
	}
	my $status = $d->run($compile_seconds, $log, @cc, @flags, @plugin, @inputs, @libraries,
			     '-o', "$work/exe", @rt);
	return explain('link', $status) . "\n" . slurp("$log.err") if $status;
	push @{ $d->{made} }, "$work/exe";
	return '';
}

# Run what build() made; '' if it prints what it should.
sub execute # program
{
	my ($d, $program) = @_;
	my $status = $d->run($run_seconds, "$d->{work}/out", "$d->{work}/exe");

	return explain('run', $status) . "\n" . slurp("$d->{work}/out") . slurp("$d->{work}/out.err")
		if $status;
	my $got = slurp("$d->{work}/out");
	return "expected $program->{expected}got $got" if $got ne $program->{expected};
	return '';
}

# What the program prints; '' and the reason if the reference runs are no use.
sub reference # program
{
	my ($d, $program) = @_;
	my %none = (arguments => [], runtimes => [], second => []);
	my $expected;

	for my $flags (['-O0'], ['-O2'], $d->{sanitize_references}
		? ['-O1', '-fsanitize=address,undefined', '-fno-sanitize-recover=all'] : ()) {
		my $v = { %none, flags => $flags, layout => 'one' };
		my $problem = $d->build($program, $v, 0, 'none');

		return "reference @$flags: $problem" if $problem;
		my $status = $d->run($program->{seconds} // $run_seconds, "$d->{work}/out",
				     "$d->{work}/exe");
		return "reference @$flags: " . explain('run', $status) . "\n" .
			slurp("$d->{work}/out") . slurp("$d->{work}/out.err") if $status;
		my $out = slurp("$d->{work}/out");
		return "reference @$flags prints another result: $out" if defined $expected &&
			$out ne $expected;
		$expected = $out;
	}
	$program->{expected} = $expected;
	return '';
}

sub count_report
{
	my ($d, $counts) = @_;

	for my $line (split /\n/, slurp("$d->{work}/report")) {
		if ($line =~ /"event":"unit"/) {
			$counts->{$1} += $2 while $line =~ /"(direct|indirect|stores|sites)":(\d+)/g;
		} elsif ($line =~ /"event":"guard".*"guarded"/) {
			$counts->{guards}++;
		} elsif ($line =~ /"event":"dynamic".*"result":"dynamic"/) {
			$counts->{dynamic}++;
		} elsif ($line =~ /"event":"call".*"reason":"([^"]*)"/) {
			$counts->{"reason $1"}++;
		}
	}
	unlink "$d->{work}/report";
}

# One program at one option set: '' or what is wrong.
sub variant # program, variant, counts
{
	my ($d, $program, $v, $counts) = @_;
	my $lto = grep { /^-flto/ } @{ $v->{flags} };
	# An object without the plugin stores to keys, and tells the runtime itself.
	my @check = $v->{layout} eq 'plain' ? ('--untagged') : ();

	unlink "$d->{work}/report";
	$d->{linking} = 0;
	for my $runtime (@{ $v->{runtimes} }) {
		my $problem = $d->build($program, $v, 1, $runtime);

		$d->{linking} = 1;
		if (!$problem) {
			for my $made (@{ $d->{made} }) {
				my $status = $d->run($run_seconds, "$d->{work}/check",
						     "$d->{build}/static_call-check", @check, $made);
				$problem ||= explain('static_call-check', $status) . "\n" .
					slurp("$d->{work}/check") . slurp("$d->{work}/check.err") if $status;
			}
		}
		$problem ||= $d->execute($program);
		$counts->{runs}++;
		if ($runtime ne 'none' && slurp("$d->{work}/out.err") =~ /^totals (\d+) (\d+)$/m) {
			$counts->{loaded} += $1;
			$counts->{patched} += $2;
		}
		if ($problem) {
			$d->{linking} = 0;
			return "runtime $runtime: $problem";
		}
	}
	$d->{linking} = 0;
	$d->count_report($counts);
	return '';
}

# Is it GCC itself, or the program? The same options without the plugin.
sub control # program, variant
{
	my ($d, $program, $v) = @_;

	$d->{linking} = 0;
	return $d->build($program, $v, 0, 'none') || $d->execute($program);
}

sub new # class, facts
{
	my ($class, %facts) = @_;

	mkdir $facts{work};
	return bless { %facts, linking => 0 }, $class;
}

1;
