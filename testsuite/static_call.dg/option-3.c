/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An missing value is an error. */
/* { dg-do compile } */
/* { dg-options "-fplugin-arg-static_call-stores" } */
/* { dg-error "unrecognized plugin option .-fplugin-arg-static_call-stores." "" { target *-*-* } 0 } */
/* { dg-prune-output "fail(ed)? to initialize plugin" } */
int x;
