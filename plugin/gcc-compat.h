/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GCC's headers, in the order that they need, and whatever differs between the
 * GCC versions that the plugin builds with. No other file looks at versions.
 */
#ifndef STATIC_CALL_GCC_COMPAT_H
#define STATIC_CALL_GCC_COMPAT_H

#include "gcc-plugin.h"
#include "plugin-version.h"
#include "tree.h"
#include "tree-pass.h"
#include "context.h"
#include "pass_manager.h"
#include "function.h"
#include "basic-block.h"
#include "gimple.h"
#include "gimple-iterator.h"
#include "gimple-walk.h"
#include "gimple-ssa.h"
#include "gimplify.h"
#include "gimplify-me.h"
#include "gimple-expr.h"
#include "ssa.h"
#include "tree-cfg.h"
#include "tree-dfa.h"
#include "tree-eh.h"
#include "tree-into-ssa.h"
#include "tree-ssa-alias.h"
#include "tree-ssa-operands.h"
#include "cgraph.h"
#include "stringpool.h"
#include "attribs.h"
#include "fold-const.h"
#include "langhooks.h"
#include "c-family/c-common.h" /* before diagnostic-core.h, or %D is unknown */
#include "rtl.h"
#include "rtl-iter.h"
#include "memmodel.h"
#include "emit-rtl.h"
#include "insn-config.h"
#include "recog.h"
#include "regs.h"
#include "function-abi.h"
#include "explow.h"
#include "except.h"
#include "output.h"
#include "debug.h"
#include "diagnostic-core.h"
#include "diagnostic.h"
#include "intl.h"
#include "target.h"
#include "tm_p.h"
#include "varasm.h"
#include "builtins.h"
#include "options.h"
#include "toplev.h"
#include "calls.h"
#include "trans-mem.h"
#include "cfganal.h"
#include "cfgloop.h"
#include "cfgloopmanip.h"
#include "tree-chrec.h"
#include "tree-ssa-loop.h"
#include "tree-ssa-loop-niter.h"
#include "tree-scalar-evolution.h"
#include "cfghooks.h"
#include "df.h"
#include "stor-layout.h"
#include "print-tree.h"
#include "tree-pretty-print.h"
#include "pretty-print.h"

/* Of dwarf2out.h, which wants a header that is not installed. */
extern bool dwarf2out_do_cfi_asm(void);

/* The C and C++ compilers have it, lto1 does not. */
#pragma weak flag_hosted

/* Of cp/cp-tree.h, which C has no use for: only the C++ compiler has these. */
extern tree instantiate_type(tree type, tree overloaded, int complain);
extern tree maybe_get_fns(tree from);
extern bool mark_used(tree decl, int complain);
extern tree resolve_nondeduced_context(tree expr, int complain);
extern bool uses_template_parms(tree type); /* an int until GCC 14, that is 0 or 1 */
#pragma weak instantiate_type
#pragma weak maybe_get_fns
#pragma weak mark_used
#pragma weak resolve_nondeduced_context
#pragma weak uses_template_parms

#if GCCPLUGIN_VERSION < 11000
#error "static_call needs the plugin headers of GCC 11 or newer"
#endif

/* Options that not every version has; the generated options.h defines a macro for each. */
#ifdef ix86_harden_sls
#define SCK_HARDEN_SLS_JMP() ((ix86_harden_sls & harden_sls_indirect_jmp) != 0)
#define SCK_HARDEN_SLS_RET() ((ix86_harden_sls & harden_sls_return) != 0)
#else
#define SCK_HARDEN_SLS_JMP() false
#define SCK_HARDEN_SLS_RET() false
#endif

#ifdef ix86_direct_extern_access
#define SCK_DIRECT_EXTERN_ACCESS() (ix86_direct_extern_access != 0)
#else
#define SCK_DIRECT_EXTERN_ACCESS() true
#endif

/*
 * -fipa-reorder-for-locality: GCC 15 has it; GCC 16, where top-level asm is given to a partition
 * like functions are, forgets it in this one way to make partitions, and loses all of it.
 */
#if defined flag_ipa_reorder_for_locality && GCCPLUGIN_VERSION >= 16000
#define SCK_LOCALITY_LOSES_ASM() (flag_ipa_reorder_for_locality != 0)
#define SCK_NO_LOCALITY()        (flag_ipa_reorder_for_locality = 0)
#else
#define SCK_LOCALITY_LOSES_ASM() false
#define SCK_NO_LOCALITY()        ((void)0)
#endif

/* %r16 to %r31, which GCC 14 brought. */
#ifdef FIRST_REX2_INT_REG
#define SCK_FIRST_APX_REG      FIRST_REX2_INT_REG
#define SCK_APX_REGNO_P(regno) IN_RANGE(regno, FIRST_REX2_INT_REG, LAST_REX2_INT_REG)
#else
#define SCK_FIRST_APX_REG      0
#define SCK_APX_REGNO_P(regno) false
#endif

#endif /* STATIC_CALL_GCC_COMPAT_H */
