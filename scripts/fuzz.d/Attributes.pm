# SPDX-License-Identifier: GPL-2.0-or-later
#
# The attributes at random places of random declarations. Most of it is wrong: the
# compiler may refuse it, but not crash or hang, and what it accepts must assemble.

package Attributes;

use strict;
use warnings;
use Random;

my @registers = qw(rax rbx rcx rdx rsi rdi rbp rsp r8 r9 r10 r11 r12 r15 xmm0 xmm1 xmm7 xmm15
		   xmm16 xmm31 ymm0 zmm1 k0 k7 st mm0 st(1) flags cc eax al ah r8d memory rip cs bogus
		   %rax);

my @c_levels = qw(gnu89 gnu99 c99 gnu11 gnu11 c11 gnu17 gnu17 gnu2x gnu2x);
my @cxx_levels = qw(gnu++98 gnu++11 gnu++14 c++14 gnu++17 gnu++17 gnu++20 gnu++20 c++20 gnu++2b);

my @others = split ' ', <<'END';
unused used weak packed aligned(16) const pure noreturn nothrow noinline noipa ms_abi cold always_inline
visibility("hidden") vector_size(16) mode(DI) may_alias warn_unused_result transparent_union noclone
section("fuzz") alias("f") common nocommon no_caller_saved_registers interrupt naked optimize("O3")
target("general-regs-only") flatten ifunc("f") weakref returns_twice malloc regparm(2) cleanup(vf)
tls_model("local-exec") deprecated nonnull sentinel format(printf,1,2) no_instrument_function noplt
target("avx512f") target("no-sse")
END

my @c = (
	'@ int @ (@ * @ N @)(int @ x) @;',
	'@ static @ FP @ N @ = f @;',
	'@ static FP N @ = f;',
	'extern FP N @; FP N @ = f;',
	'extern FP N @; extern FP N; FP N @;',
	'FP N @ = f, M @, *O @ = &N;',
	'FP @ N @ [4] @ = { f, g };',
	'FP N[] @ = { f, g }; extern FP M[] @;',
	'FP (@ * @ N @)[2] @; FP * @ M @; FP ** O @;',
	'FP N @ __asm__("real_N") @;',
	'FP N @; extern FP M @ __attribute__((alias("N")));',
	'FP N @ __attribute__((weak)); extern FP M @ __attribute__((weak));',
	'const FP N @ = f; volatile FP M @ = g; FP const O[2] @ = { f, g };',
	'struct @ SN @ { @ FP @ a @; int @ b @ : 3 @; FP @ c[3] @; struct @ { FP @ d @; } @ s @; ' .
		'union @ { FP @ e @; void *@ v @; } @ u @; char z @; } @ N @;',
	'struct SN @; extern struct SN N @; struct SN @ { FP a @; struct SN *n @; } @; struct SN N;',
	'struct SN { char c; FP a @; } __attribute__((packed)) @; struct SN N @ = { 1, f };',
	'struct SN { int n; FP flex[] @; } @; struct SN N @; struct SN *M @;',
	'struct SN { struct { FP a @; }; union { FP b @; long l; }; } N @, M[2] @ = { { { f } } };',
	'struct OPS @ N @ = { f, g }; struct OPS M[2][3] @; struct OPS *O @ = &N;',
	'union @ UN { FP a @; FP b @; double (*c)(double) @; } @ N @ = { f };',
	'typedef @ int @ (@ * @ TN @)(int) @; TN N @ = f; typedef TN UN @; UN M @;',
	'typedef @ int @ FN @ (int) @; FN * @ N @ = f; FN M @;',
	'enum @ EN @ { A_N @ = 1, B_N @ } @ N @;',
	'@ int @ N @ (FP @ p @, int @ q @) @; int N(FP p, int q) { return p(q); }',
	'@ int N(int x @) @; @ int N(int x) { return x; }',
	'@ static inline @ int N @ (int x);',
	'int N(a, b) FP a @; int b @; { return a(b); }',
	'int N(FP @ p @) { @ static @ FP @ k @ = f; FP @ l @ = k; register FP @ r @ = k; ' .
		'extern FP e_N @; return k(1) + l(2) + r(3) + p(4); }',
	'int N(int n) { static FP k[3] @ = { f, g, f }; int i @, s = 0; for (i = 0; i < n; i++) ' .
		's += k[i](i) + k[1](i); return s; }',
	'void N(FP *p, struct OPS *o) { @ { *p = f; } o->a = g; o->b(1); *o = ops; }',
	'int N(int n) { @; if (n) @; out: @ return n; }',
	'int N(int n) { switch (n) { case 1: @; default: return ops.a(n); } }',
	'int N(int n) { int @ v @ [n]; struct @ { FP a @; } l @ = { f }; return l.a(sizeof(v)); }',
	'int N(int x) { struct OPS l @ = ops; ops = l; key = x ? f : g; return (key)(x) + ops.b(x); }',
	'long N(int n, ...) { static long (*k)(int, ...) @ = N; return n ? k(0, 1.0, 2, "x") : 0; }',
	'double (*N)(double, struct OPS) @; double M(double d) { return N(d, ops); }',
	'struct OPS (*N)(struct OPS) @; void M(void) { ops = N(ops); N(N(ops)); }',
	'__int128 (*N)(__int128) @; __int128 M(void) { return N(5); }',
	'_Complex double (*N)(void) @; long double (*M)(long double) @; long double O(void) ' .
		'{ return M(__real__ N()); }',
	'__thread FP N @; static __thread struct OPS M @; int O(void) { return N(1) + M.a(2); }',
	'void (*N)(void) @ __attribute__((noreturn)); void M(void) { N(); }',
	'int (*N)(int) @ @ @; int M(int x) { return N(x) + N(x); }',
	'int @ (*@ N(int x))(int) @ { return key; }',
	'int (*(*N)(int))(int) @; int M(int x) { return N(x)(x); }',
	'int (@ *N[2])(int) @; int (*M(FP @ x)) (int) @;',
	'int M(void) { return ((int (*@)(int) @)key)(1) + (*(FP *)&ops.b)(2) + (int)sizeof(FP @); }',
	'__typeof__(key) N @; __typeof__(ops) M @; int O(void) { return N(1) + M.b(2); }',
	'void N(void) { key = 0; memcpy(&ops, &key, 8); memset(&ops, 0, sizeof(ops)); ' .
		'__atomic_store_n(&key, f, 5); static_call_key_update(&key, g); }',
	'FP N @ __attribute__((section("sec_N"))), M @ __attribute__((common)), ' .
		'O @ __attribute__((aligned(4)));',
	'int (*N)(int) @ __attribute__((ms_abi)); int M(void) { return N(3); }',
	'int N(int x) __attribute__((static_call_thunk(f))) @; FP M @ = N;',
	'@ static int N(int x) __attribute__((@)) ; static int N(int x) { return key(x); }',
	'int N(int a) { if (key) return key(a); __builtin_unreachable(); }',
	'__asm__(".globl asm_N\nasm_N:"); FP N @ = f;',
	'int N(int x) { __label__ l; int nest(int y) @ { return key(y + x); } l: return nest(3); }',
	'int N(int x) { return __extension__ ({ FP p @ = key; p; })(x); }',
	'int N(void) { return __builtin_call_with_static_chain(key(3), (void *)0); }',
);

my @cxx = (
	'template <typename @ T> @ struct @ TN { @ static @ T @ k @; T @ m @; }; template <typename T> ' .
		'T TN<T>::k @ = f; int M(int x) { return TN<FP>::k(x); } template struct TN<FP>;',
	'template <typename T> struct TN { static T k @; T m @; }; template <> int TN<int>::k @; ' .
		'TN<int> N @; TN<FP> M @; int O(int x) { return M.m(x); }',
	'template <int I> int N(int x @) @ { static FP k @ = f; return k(x + I); } ' .
		'int M(int x) { return N<1>(x) + N<2>(x); }',
	'template <class R, class... A> struct TN { R (*k)(A...) @; static R (*s)(A...) @; R call(A... a) ' .
		'{ return k(a...); } }; TN<int, int> N @; int M() { return N.call(3); }',
	'FP @ & @ N @ = key; int M(int x) { return N(x); }',
	'class CN { public: @ FP a @; mutable FP b @; static FP s @; CN() @ : a(f), b(g) {} ' .
		'virtual int v(int x) @ { return a(x) + s(x); } @ }; FP CN::s @ = f; CN N @;',
	'struct CN { int m(int x) { return x; } int (CN::*p)(int) @; FP k @; }; int (CN::*N)(int) @;',
	'namespace @ nsN { FP k @ = f; namespace { FP l @ = g; } } int N(int x) ' .
		'{ return nsN::k(x) + nsN::l(x); }',
	'union UN { FP a @; UN() : a(f) {} ~UN() {} } N @; static union { FP N2 @; long N3; }; ',
	'struct BN { FP a @; }; struct DN @ : @ BN { FP b @; using BN::a @; }; DN N @; ' .
		'int M(int x) { return N.a(x) + N.b(x); }',
	'struct BN { FP a @; virtual ~BN() {} }; struct DN : virtual BN {} N @; int M() { return N.a(1); }',
	'int N(int x) { try { @ return key(x); } catch (FP @ e @) { return e(x); } catch (...) { throw; } }',
	'extern "C" @ { FP N @; } extern "C" FP M @;',
	'struct CN { explicit operator bool() const { return 1; } operator FP() @ const { return key; } } N @; ' .
		'int M(int x) { return N(x); }',
	'FP N() @ { return f; } FP M @ = N(); int O(int x) { return M(x); }',
	'struct CN { FP k @; CN(FP p @ = f) : k(p) {} ~CN() { k(0); } }; static CN N @; CN M[2] @;',
	'struct CN { FP k @ = f; FP l[2] @ = { f, g }; } N @;',
	'using UN @ = FP @; UN N @ = f; auto M @ = f; decltype(key) O @ = g;',
	'auto N @ = [] (int x @) @ { static FP k @ = f; return k(x); }; int M(int x) { return N(x); }',
	'int N(int x) { auto l @ = [=, &x] @ (FP p @) { return p(x) + key(x); }; return l(f); }',
	'constexpr FP N @ = f; static constexpr struct OPS M @ = { f, g }; int O() { return N(1) + M.a(2); }',
	'thread_local FP N @; alignas(64) FP M @ = f; enum class EN @ : int { A @ }; ',
	'template <typename T> T N @ = f; int M(int x) { return N<FP>(x); }',
	'inline FP N @ = f; struct CN { inline static FP k @ = g; }; int M(int x) { return N(x) + CN::k(x); }',
	'int N(int x) { FP a @[2] = { f, g }; auto @ [p, q] @ = a; return p(x) + q(x); }',
	'template <typename T> @ concept QN @ = sizeof(T) > 1; template <QN T> T N @; int M(QN auto @ x) @;',
	'constinit FP N @ = f; consteval int M(int x) @ { return x; } ',
	'int (*N)(int) noexcept @ = nullptr; int M(int x) noexcept { return N(x); }',
	'template <FP P> int N(int x) { static FP k @ = P; return k(x); } int M() { return N<f>(1); }',
	'template <auto V> struct TN { static inline FP k @ = V; }; int M() { return TN<&f>::k(1); }',
	'struct [[nodiscard]] @ CN { FP k [[maybe_unused]] @; [[gnu::static_call_key]] FP l; } N;',
	'[[gnu::static_call_key]] FP N = f; FP M [[gnu::static_call_key("pure")]] = g; ' .
		'int (*O [[gnu::static_call_key]])(int); int (* [[gnu::static_call_key]] Q)(int);',
);

my @use = (
	'K(1);', '(*K)(1);', 'K = f;', 'if (K) K(2);', 'K(K(1));', '{ FP p = K; K = g; p(1); }',
	'__builtin_memcpy((void *)&K, (void *)&key, 8);', 'ops.a = K;', 'key = K; key(1);',
	'(void)sizeof(K);', 'static_call_key_update(&K, f);', '{ FP *p = &K; *p = g; (*p)(1); }',
	'K.a(1);', 'K.b = f;', 'K[1](2);', 'K[0] = g;', 'K->a(3);', 'K = ops;',
);

sub quoted # random
{
	my ($r) = @_;

	return join ', ', map { '"' . $r->pick(@registers) . '"' } 1 .. $r->weighted(10 => 0, 40 => 1,
		30 => 2, 20 => 5);
}

sub spec # random: what stands in __attribute__((...))
{
	my ($r) = @_;

	return $r->weighted(
		45 => 'static_call_key', 10 => 'static_call_key("nop_if_null")',
		5 => 'static_call_key("pure")', 5 => 'static_call_key("const")',
		4 => 'static_call_key("nop_if_null", "pure")', 2 => '__static_call_key__',
		6 => $r->pick('static_call_key()', 'static_call_key(1)', 'static_call_key(key)',
			'static_call_key("x")', 'static_call_key("pure", "const", "pure", "pure")',
			'static_call_key(int)', 'static_call_key("pure" "x")', 'static_call_key(1 +)',
			'static_call_key("")', 'static_call_key(L"pure")', 'static_call_key(0, "pure")',
			'static_call_key(nop_if_null)', 'static_call_key(sizeof(int))'),
		20 => $r->pick('static_call_key_inline(f)', 'static_call_key_inline(f, g)',
			'static_call_key_inline(f, f, f, f)', 'static_call_key_inline(0)',
			'static_call_key_inline(&f, g, f, g, f)', 'static_call_key_inline()',
			'static_call_key_inline(key)', 'static_call_key_inline("f")',
			'static_call_key_inline(int)', 'static_call_key_inline(1 +)',
			'static_call_key_inline(sizeof(f))', 'static_call_key_inline(f), static_call_key'),
		22 => 'static_call_clobbers(' . quoted($r) . ')',
		3 => $r->pick('static_call_clobbers', 'static_call_clobbers(rax)',
			'static_call_clobbers(1)', 'static_call_clobbers("rax" "rdx")',
			'static_call_clobbers(L"rax")', 'static_call_clobbers("rax", 2, int)'),
		6 => $r->pick('static_call_thunk(f)', 'static_call_thunk(g)', 'static_call_thunk()',
			'static_call_thunk(key)', 'static_call_thunk("f")', 'static_call_thunk(nobody)',
			'static_call_thunk(&f)', 'static_call_thunk(f, g)', 'static_call_thunk(vf)',
			'static_call_thunk(ops.a)', 'static_call_thunk(1)', 'static_call_thunk'),
		18 => $r->pick(@others));
}

sub attribute # random, cxx
{
	my ($r, $cxx) = @_;

	return '[[gnu::' . spec($r) . ']]' if $r->chance(6);
	return '__attribute__((' . join(', ', map { spec($r) } 1 .. $r->weighted(75 => 1, 20 => 2, 5 => 3)) .
		'))';
}

sub generate # seed
{
	my ($seed) = @_;
	my $r = Random->new($seed, 'attributes');
	my $cxx = $r->chance(45);
	my $density = $r->pick(2, 4, 8, 20);
	my $used = $r->pick(0, 0, 15, 50);
	my $std = $cxx ? $r->pick(@cxx_levels) : $r->pick(@c_levels);
	my $text = "#include <static_call.h>\n#include <string.h>\ntypedef int (*FP)(int);\n" .
		"int f(int x) { return x + 1; }\nint g(int x) { return x + 2; }\n" .
		"void vf(void *p) { (void)p; }\n" .
		"FP key STATIC_CALL_KEY = f;\nstruct OPS { FP a STATIC_CALL_KEY; FP b; } ops = { f, g };\n";
	my @names;

	for my $i (0 .. $r->between(0, 3)) {
		my $template = $cxx && $r->chance(55) ? $r->pick(@cxx) : $r->pick(@c);
		my $name = "x$i";

		$template =~ s/\b(N|M|O)\b/{ N => "n$i", M => "m$i", O => "o$i" }->{$1}/ge;
		$template =~ s/\b([STUBDECFQ])N\b/$1n$i/g;
		$template =~ s/_N\b/_n$i/g;
		$template =~ s/\bnsN\b/ns$i/g;
		$template =~ s/\bN([23])\b/n${i}_$1/g;
		$template =~ s/\(\(@\)\)/'((' . spec($r) . '))'/ge;
		$template =~ s/@/$r->chance($density) ? attribute($r, $cxx) : ''/ge;
		$text .= "$template\n";
		push @names, "n$i";
		push @names, "m$i" if $template =~ /\bm$i\b/;
	}
	$text .= "void use(void)\n{\n";
	for my $name ($r->some($used, @names)) {
		my $use = $r->pick(@use);

		$use =~ s/\bK\b/$name/g;
		$text .= "\t$use\n";
	}
	$text .= "}\n";
	return { text => $text, cxx => $cxx, flags => ["-std=$std", flags($r)] };
}

sub flags # random
{
	my ($r) = @_;
	my @flags = ($r->pick(qw(-O0 -O1 -O2 -O2 -O3 -Os -Og)));

	push @flags, $r->pick(qw(-fPIC -fPIE -fno-pie));
	push @flags, split ' ', $r->pick(
		'-g', '-flto', '-flto -ffat-lto-objects', '-m32', '-mx32', '-fno-exceptions', '-fexceptions',
		'-mcmodel=large', '-mavx512f', '-mgeneral-regs-only', '-fcf-protection=full', '-pg',
		'-mindirect-branch=thunk -fcf-protection=none', '-ffunction-sections', '-fcommon',
		'-fnon-call-exceptions', '-fsanitize=address', '-fsanitize=undefined', '-fsplit-stack',
		'-fwhole-program', '-fsyntax-only', '-Wall -Wextra', '-ftrapv', '-fopenmp', '-fno-ipa-ra',
		'-fgnu-tm', '-finstrument-functions', '-masm=intel', '-fno-semantic-interposition',
		'-fpermissive', '-fstack-reuse=none', '-mno-sse', '-mno-mmx -mno-80387',
		'-fcallgraph-info', '-fdump-tree-all=/dev/null', '-fno-dwarf2-cfi-asm') if $r->chance(50);
	push @flags, map { "-fplugin-arg-static_call-$_" } $r->pick('strict', 'verbose', 'disable',
		'report', 'stores=warn', 'stores=error', 'stores=sync') if $r->chance(40);
	return @flags;
}

# Does this output show a crash?
sub crash # wait status, messages
{
	my ($status, $messages) = @_;

	return 'time-out' if $status == -1;
	return 'signal ' . ($status & 127) if $status & 127;
	return 'exit status ' . ($status >> 8) if $status >> 8 > 1;
	return $1 if $messages =~ /(internal compiler error[^\n]*|Assembler messages:[^\n]*\n[^\n]*|
		confused\ by\ earlier\ errors[^\n]*|Segmentation\ fault|undefined\ symbol[^\n]*|
		[Ff]atal\ signal[^\n]*|verify_\w+\ failed[^\n]*|out\ of\ memory[^\n]*)/x;
	return 'fails without an error' if $status && $messages !~ /error: |sorry, unimplemented: /;
	return '';
}

# Compile a case with the plugin; '' or what is wrong.
sub try # driver, case, seed, counts
{
	my ($d, $case, $seed, $counts) = @_;
	my $file = "$d->{work}/case." . ($case->{cxx} ? 'C' : 'c');
	my $object = "$d->{work}/case.o";
	my $log = "$d->{work}/case.log";
	my @cc = ('sh', '-c', 'ulimit -v 8000000; ulimit -c 0; exec "$@"', 'sh',
		  $d->compiler($case->{cxx}), '-c', '-o', $object, "-I$d->{top}/include",
		  @{ $case->{includes} || [] }, '-fdiagnostics-color=never', $file);
	my @plain = grep { !/^-fplugin/ } @{ $case->{flags} };

	$d->write($file, $case->{text});
	unlink $object;
	my $status = $d->run(120, $log, @cc, "-fplugin=$d->{build}/static_call.so", @{ $case->{flags} });
	my $problem = crash($status, Driver::slurp("$log.err"));
	$counts->{compilations}++;
	if ($problem eq '') {
		$counts->{$status ? 'refused' : 'accepted'}++;
		return '' if $status || -e $object || "@plain" =~ /-fsyntax-only/;
		$problem = 'accepted, and no object';
	}
	my $messages = Driver::slurp("$log.err");
	$status = $d->run(120, $log, @cc, @plain);
	if (crash($status, Driver::slurp("$log.err")) ne '') {
		$counts->{crashes}++;
		return '';
	}
	return "$problem\n@{ $case->{flags} }\n$messages";
}

1;
