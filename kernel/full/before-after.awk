# SPDX-License-Identifier: GPL-2.0-or-later
#
# Reads objdump -d --no-show-raw-insn of a vmlinux. Prints, one line each:
#
#	total NAME N		sums over all code
#	alt OFFSET		an operation of pv_ops that is called indirectly
#	fn NAME INSNS STACK PUSH CALLS	a function that calls converted keys
#
# stay: a file with the "alt" lines of the kernel whose calls were converted; without
# it, every indirect call through pv_ops counts as one that stays. In the kernel
# before, converted are the other operations, what an op of smp_ops, machine_ops
# or x86_idle was loaded for, and static calls of LSM hooks; in that after, the calls of trampolines.

BEGIN {
	while (stay != "" && (getline line < stay) > 0) {
		split(line, word, " ")
		if (word[1] == "alt")
			stays[word[2]] = 1
	}
}

function hex(digits,    n, i)
{
	n = 0
	for (i = length(digits) - 7; i <= length(digits); i++)
		n = n * 16 + index("0123456789abcdef", substr(digits, i, 1)) - 1
	return n
}

# The last instruction ends here: count its bytes, but not the filling of int3.
function ends_at(address)
{
	if (kind != "" && address > last && address - last < 16)
		total[kind " bytes"] += address - last
	last = address
	kind = ""
}

function finish()
{
	if (name == "")
		return
	insns[name] += n_insns
	stack[name] += n_stack
	push[name] += n_push
	calls[name] += n_calls
	n_insns = n_stack = n_push = n_calls = 0
}

/^[0-9a-f]+ <.*>:$/ {
	finish()
	ends_at(hex($1))
	name = $2
	gsub(/[<>:]/, "", name)
	trampoline = name ~ /^static_call_key_trampoline/
	next
}

/^ *[0-9a-f]+:\t/ {
	op = $2
	ends_at(hex(substr($1, 1, length($1) - 1)))
	if (op == "int3")
		next
	if (op ~ /^nop/ || op == "data16" || op == "cs" || op == "xchg" && $3 == "%ax,%ax") {
		kind = "nop"
		next
	}
	kind = trampoline ? "trampoline" : "code"
	n_insns++
	total["instructions"]++
	if (op == "push" || op == "pop")
		n_push++
	else if ($0 ~ /\(%rsp\)/ && op != "lea")
		n_stack++
	if (op == "call" || op == "jmp") {
		target = $0
		if ($3 ~ /^\*/ || $4 ~ /^\*/) {
			if (op == "call")
				total["indirect calls by " ($0 ~ /call +\*%/ ? "register" : "memory")]++
			if (op == "call" && match(target, /<pv_ops(\+0x[0-9a-f]+)?>/)) {
				slot = substr(target, RSTART + 7, RLENGTH - 8)
				if (slot == "")
					slot = "+0x0"
				if (stay == "" || slot in stays)
					alt[slot]++
				else
					n_calls++
			}
		} else if (target ~ /<static_call_key_trampoline/) {
			n_calls++
			total["keyed call sites"]++
		} else if (target ~ /<__SCT__lsm_static_call_/) {
			n_calls++
		} else if (!trampoline && target ~ /<__x86_indirect_thunk_[a-z0-9]+>/) {
			total["retpoline calls"]++
		}
	}
	# The load of a callee, for a retpoline.
	if (op == "mov" && stay != "" && $0 ~ /%r[a-z0-9]+ +#.*<(smp_ops|machine_ops|x86_idle)(\+0x[0-9a-f]+)?>/)
		n_calls++
}

END {
	finish()
	for (name in total)
		print "total", name ":", total[name]
	for (slot in alt)
		print "alt", slot, alt[slot]
	for (name in insns)
		print "fn", name, insns[name], stack[name], push[name], calls[name] + 0
}
