# SPDX-License-Identifier: BSD-2-Clause
# gcc 12 -O2 -gdwarf-5 -g1 -fno-exceptions -fno-rtti -fno-asynchronous-unwind-tables -S shapes.cc, once; what it says is in gcc5-shapes.chains, whatever compilers do today.
	.file	"shapes.cc"
	.text
.Ltext0:
	.cfi_sections	.debug_frame
	.file 0 "." "shapes.cc"
	.section	.text._ZN3zoo12_GLOBAL__N_16hiddenEi,"axG",@progbits,_ZN3zoo5belowC1Ei,comdat
	.p2align 4
	.type	_ZN3zoo12_GLOBAL__N_16hiddenEi, @function
_ZN3zoo12_GLOBAL__N_16hiddenEi:
.LFB7:
	.file 1 "shapes.cc"
	.loc 1 17 25
	.cfi_startproc
.LBB110:
.LBB111:
	.file 2 "zoo.h"
	.loc 2 32 18
	addl	$1, %edi
.LBB112:
.LBB113:
	.loc 2 25 11
	movl	%edi, zoo_sink(%rip)
	.loc 2 26 9
	movl	zoo_sink(%rip), %eax
	.loc 2 26 20
	xorl	$5, %eax
.LBE113:
.LBE112:
	.loc 2 34 21
	leal	(%rax,%rax,2), %edx
.LBB114:
.LBB115:
	.loc 2 25 11
	movl	%edx, zoo_sink(%rip)
	.loc 2 26 9
	movl	zoo_sink(%rip), %edx
	.loc 2 26 20
	xorl	$5, %edx
.LBE115:
.LBE114:
.LBE111:
.LBE110:
	.loc 1 17 50
	leal	-2(%rax,%rdx), %eax
	.loc 1 17 53
	ret
	.cfi_endproc
.LFE7:
	.size	_ZN3zoo12_GLOBAL__N_16hiddenEi, .-_ZN3zoo12_GLOBAL__N_16hiddenEi
	.text
	.p2align 4
	.type	_ZZN3zoo6nestedEiEN5local3farEi, @function
_ZZN3zoo6nestedEiEN5local3farEi:
.LFB18:
	.loc 1 29 20
	.cfi_startproc
.LBB116:
.LBB117:
	.loc 2 32 18
	addl	$1, %edi
.LBB118:
.LBB119:
	.loc 2 25 11
	movl	%edi, zoo_sink(%rip)
	.loc 2 26 9
	movl	zoo_sink(%rip), %eax
	.loc 2 26 20
	xorl	$5, %eax
.LBE119:
.LBE118:
	.loc 2 34 21
	leal	(%rax,%rax,2), %edx
.LBB120:
.LBB121:
	.loc 2 25 11
	movl	%edx, zoo_sink(%rip)
	.loc 2 26 9
	movl	zoo_sink(%rip), %edx
	.loc 2 26 20
	xorl	$5, %edx
.LBE121:
.LBE120:
.LBE117:
.LBE116:
	.loc 1 29 56
	leal	3(%rax,%rdx), %eax
	.loc 1 29 59
	ret
	.cfi_endproc
.LFE18:
	.size	_ZZN3zoo6nestedEiEN5local3farEi, .-_ZZN3zoo6nestedEiEN5local3farEi
	.p2align 4
	.type	_ZN3zoo5applyIZNS_2v27visibleEiRKNS_4baseEEUliE_EEiT_i, @function
_ZN3zoo5applyIZNS_2v27visibleEiRKNS_4baseEEUliE_EEiT_i:
.LFB30:
	.loc 1 38 33
	.cfi_startproc
.LBB122:
	.loc 1 42 20
	testl	%esi, %esi
	jle	.L7
	.loc 1 42 11
	xorl	%edx, %edx
.LBE122:
	.loc 1 40 6
	xorl	%ecx, %ecx
	.p2align 4,,10
	.p2align 3
.L6:
.LBB127:
.LBB123:
.LBB124:
	.loc 1 52 47
	movl	(%rdi), %eax
.LBB125:
.LBB126:
	.loc 2 25 11
	movl	%eax, zoo_sink(%rip)
	.loc 2 26 9
	movl	zoo_sink(%rip), %eax
	.loc 2 26 20
	xorl	$5, %eax
.LBE126:
.LBE125:
	.loc 1 52 49
	addl	%edx, %eax
.LBE124:
.LBE123:
	.loc 1 42 2
	addl	$1, %edx
	.loc 1 43 5
	addl	%eax, %ecx
	.loc 1 42 20
	cmpl	%edx, %esi
	jne	.L6
.LBE127:
	.loc 1 45 1
	movl	%ecx, %eax
	ret
	.p2align 4,,10
	.p2align 3
.L7:
	.loc 1 40 6
	xorl	%ecx, %ecx
	.loc 1 45 1
	movl	%ecx, %eax
	ret
	.cfi_endproc
.LFE30:
	.size	_ZN3zoo5applyIZNS_2v27visibleEiRKNS_4baseEEUliE_EEiT_i, .-_ZN3zoo5applyIZNS_2v27visibleEiRKNS_4baseEEUliE_EEiT_i
	.p2align 4
	.type	_ZN3zoo5applyIZNS_2v27visibleEiRKNS_4baseEEUliE0_EEiT_i, @function
_ZN3zoo5applyIZNS_2v27visibleEiRKNS_4baseEEUliE0_EEiT_i:
.LFB31:
	.loc 1 38 33
	.cfi_startproc
.LBB128:
	.loc 1 42 20
	testl	%esi, %esi
	jle	.L12
	movl	(%rdi), %edi
.LBB129:
.LBB130:
	.loc 1 52 92
	xorl	%edx, %edx
.LBE130:
.LBE129:
	.loc 1 42 11
	xorl	%eax, %eax
.LBE128:
	.loc 1 40 6
	xorl	%ecx, %ecx
	.p2align 4,,10
	.p2align 3
.L11:
.LBB131:
	.loc 1 42 2
	addl	$1, %eax
	.loc 1 43 5
	addl	%edx, %ecx
	.loc 1 42 20
	addl	%edi, %edx
	cmpl	%eax, %esi
	jne	.L11
.LBE131:
	.loc 1 45 1
	movl	%ecx, %eax
	ret
	.p2align 4,,10
	.p2align 3
.L12:
	.loc 1 40 6
	xorl	%ecx, %ecx
	.loc 1 45 1
	movl	%ecx, %eax
	ret
	.cfi_endproc
.LFE31:
	.size	_ZN3zoo5applyIZNS_2v27visibleEiRKNS_4baseEEUliE0_EEiT_i, .-_ZN3zoo5applyIZNS_2v27visibleEiRKNS_4baseEEUliE0_EEiT_i
	.section	.text._ZN3zoo4leftC2Ei.isra.0,"axG",@progbits,_ZN3zoo5belowC1Ei,comdat
	.align 2
	.p2align 4
	.type	_ZN3zoo4leftC2Ei.isra.0, @function
_ZN3zoo4leftC2Ei.isra.0:
.LFB42:
	.loc 1 22 43
	.cfi_startproc
.LBB147:
	.loc 1 22 80
	movq	%rsi, (%rdi)
.LBE147:
	.loc 1 22 43
	movq	%rdi, %rax
.LBB164:
.LBB148:
.LBB149:
	.loc 2 40 15
	testb	$1, %dl
	je	.L15
.LBB150:
.LBB151:
	.loc 2 32 18
	addl	$1, %edx
.LBB152:
.LBB153:
	.loc 2 25 11
	movl	%edx, zoo_sink(%rip)
	.loc 2 26 9
	movl	zoo_sink(%rip), %ecx
	.loc 2 26 20
	xorl	$5, %ecx
.LBE153:
.LBE152:
	.loc 2 34 21
	leal	(%rcx,%rcx,2), %edx
.LBB154:
.LBB155:
	.loc 2 25 11
	movl	%edx, zoo_sink(%rip)
	.loc 2 26 9
	movl	zoo_sink(%rip), %edx
	.loc 2 26 20
	xorl	$5, %edx
.LBE155:
.LBE154:
	.loc 2 34 27
	addl	%ecx, %edx
.LBE151:
.LBE150:
.LBE149:
.LBE148:
	.loc 1 22 66
	movl	%edx, 8(%rax)
.LBE164:
	.loc 1 22 83
	ret
	.p2align 4,,10
	.p2align 3
.L15:
.LBB165:
.LBB163:
.LBB162:
	.loc 2 40 43
	movl	%edx, %ecx
	shrl	$31, %ecx
	addl	%ecx, %edx
	sarl	%edx
.LBB156:
.LBB157:
	.loc 2 32 18
	addl	$1, %edx
.LBB158:
.LBB159:
	.loc 2 25 11
	movl	%edx, zoo_sink(%rip)
	.loc 2 26 9
	movl	zoo_sink(%rip), %edx
	.loc 2 26 20
	xorl	$5, %edx
.LBE159:
.LBE158:
	.loc 2 34 21
	leal	(%rdx,%rdx,2), %ecx
.LBB160:
.LBB161:
	.loc 2 25 11
	movl	%ecx, zoo_sink(%rip)
	.loc 2 26 9
	movl	zoo_sink(%rip), %ecx
	.loc 2 26 20
	xorl	$5, %ecx
.LBE161:
.LBE160:
.LBE157:
.LBE156:
	.loc 2 40 15
	leal	1(%rdx,%rcx), %edx
.LBE162:
.LBE163:
	.loc 1 22 66
	movl	%edx, 8(%rax)
.LBE165:
	.loc 1 22 83
	ret
	.cfi_endproc
.LFE42:
	.size	_ZN3zoo4leftC2Ei.isra.0, .-_ZN3zoo4leftC2Ei.isra.0
	.text
	.align 2
	.p2align 4
	.type	_ZZN3zoo6nestedEiENKUliE_clEi, @function
_ZZN3zoo6nestedEiENKUliE_clEi:
.LFB20:
	.loc 1 32 15
	.cfi_startproc
.LBB176:
.LBB177:
	.loc 2 32 18
	addl	$1, %esi
.LBB178:
.LBB179:
	.loc 2 25 11
	movl	%esi, zoo_sink(%rip)
	.loc 2 26 9
	movl	zoo_sink(%rip), %eax
	.loc 2 26 20
	xorl	$5, %eax
.LBE179:
.LBE178:
	.loc 2 34 21
	leal	(%rax,%rax,2), %edx
.LBB180:
.LBB181:
	.loc 2 25 11
	movl	%edx, zoo_sink(%rip)
.LBE181:
.LBE180:
.LBE177:
.LBE176:
	.loc 1 32 50
	movl	(%rdi), %edi
.LBB188:
.LBB186:
.LBB184:
.LBB182:
	.loc 2 26 9
	movl	zoo_sink(%rip), %esi
.LBE182:
.LBE184:
.LBE186:
.LBE188:
.LBB189:
.LBB190:
.LBB191:
.LBB192:
	.loc 2 25 11
	movl	%edi, zoo_sink(%rip)
	.loc 2 26 9
	movl	zoo_sink(%rip), %ecx
.LBE192:
.LBE191:
.LBE190:
.LBE189:
.LBB196:
.LBB187:
.LBB185:
.LBB183:
	.loc 2 26 20
	xorl	$5, %esi
.LBE183:
.LBE185:
	.loc 2 34 27
	addl	%eax, %esi
.LBE187:
.LBE196:
.LBB197:
.LBB195:
.LBB194:
.LBB193:
	.loc 2 26 20
	xorl	$5, %ecx
.LBE193:
.LBE194:
	.loc 1 30 52
	call	_ZZN3zoo6nestedEiEN5local3farEi
	.loc 1 30 54
	addl	%eax, %ecx
.LBE195:
.LBE197:
	.loc 1 32 90
	leal	(%rcx,%rsi), %eax
	.loc 1 32 93
	ret
	.cfi_endproc
.LFE20:
	.size	_ZZN3zoo6nestedEiENKUliE_clEi, .-_ZZN3zoo6nestedEiENKUliE_clEi
	.section	.text._ZN3zoo4baseC2Ei,"axG",@progbits,_ZN3zoo4baseC5Ei,comdat
	.align 2
	.p2align 4
	.weak	_ZN3zoo4baseC2Ei
	.type	_ZN3zoo4baseC2Ei, @function
_ZN3zoo4baseC2Ei:
.LFB9:
	.loc 1 21 28
	.cfi_startproc
.LBB198:
.LBB199:
.LBB200:
	.loc 2 25 11
	movl	%esi, zoo_sink(%rip)
	.loc 2 26 9
	movl	zoo_sink(%rip), %eax
	.loc 2 26 20
	xorl	$5, %eax
	movl	%eax, (%rdi)
.LBE200:
.LBE199:
.LBE198:
	.loc 1 21 58
	ret
	.cfi_endproc
.LFE9:
	.size	_ZN3zoo4baseC2Ei, .-_ZN3zoo4baseC2Ei
	.weak	_ZN3zoo4baseC1Ei
	.set	_ZN3zoo4baseC1Ei,_ZN3zoo4baseC2Ei
	.section	.text._ZN3zoo4leftC1Ei,"axG",@progbits,_ZN3zoo4leftC1Ei,comdat
	.align 2
	.p2align 4
	.weak	_ZN3zoo4leftC1Ei
	.type	_ZN3zoo4leftC1Ei, @function
_ZN3zoo4leftC1Ei:
.LFB13:
	.loc 1 22 43
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset 16
	.cfi_offset 6, -16
	movq	%rdi, %rbp
.LBB201:
	.loc 1 22 80
	addq	$12, %rdi
.LBE201:
	.loc 1 22 43
	pushq	%rbx
	.cfi_def_cfa_offset 24
	.cfi_offset 3, -24
	movl	%esi, %ebx
	subq	$8, %rsp
	.cfi_def_cfa_offset 32
.LBB218:
	.loc 1 22 80
	call	_ZN3zoo4baseC2Ei
	leaq	24+_ZTVN3zoo4leftE(%rip), %rax
	movq	%rax, 0(%rbp)
.LBB202:
.LBB203:
	.loc 2 40 15
	testb	$1, %bl
	je	.L20
.LBB204:
.LBB205:
	.loc 2 32 18
	addl	$1, %ebx
.LBB206:
.LBB207:
	.loc 2 25 11
	movl	%ebx, zoo_sink(%rip)
	.loc 2 26 9
	movl	zoo_sink(%rip), %edx
	.loc 2 26 20
	xorl	$5, %edx
.LBE207:
.LBE206:
	.loc 2 34 21
	leal	(%rdx,%rdx,2), %eax
.LBB208:
.LBB209:
	.loc 2 25 11
	movl	%eax, zoo_sink(%rip)
	.loc 2 26 9
	movl	zoo_sink(%rip), %eax
	.loc 2 26 20
	xorl	$5, %eax
.LBE209:
.LBE208:
	.loc 2 34 27
	addl	%edx, %eax
.LBE205:
.LBE204:
.LBE203:
.LBE202:
	.loc 1 22 66
	movl	%eax, 8(%rbp)
.LBE218:
	.loc 1 22 83
	addq	$8, %rsp
	.cfi_remember_state
	.cfi_def_cfa_offset 24
	popq	%rbx
	.cfi_def_cfa_offset 16
	popq	%rbp
	.cfi_def_cfa_offset 8
	ret
	.p2align 4,,10
	.p2align 3
.L20:
	.cfi_restore_state
.LBB219:
.LBB217:
.LBB216:
	.loc 2 40 43
	movl	%ebx, %eax
	shrl	$31, %eax
	addl	%ebx, %eax
	sarl	%eax
.LBB210:
.LBB211:
	.loc 2 32 18
	addl	$1, %eax
.LBB212:
.LBB213:
	.loc 2 25 11
	movl	%eax, zoo_sink(%rip)
	.loc 2 26 9
	movl	zoo_sink(%rip), %eax
	.loc 2 26 20
	xorl	$5, %eax
.LBE213:
.LBE212:
	.loc 2 34 21
	leal	(%rax,%rax,2), %edx
.LBB214:
.LBB215:
	.loc 2 25 11
	movl	%edx, zoo_sink(%rip)
	.loc 2 26 9
	movl	zoo_sink(%rip), %edx
	.loc 2 26 20
	xorl	$5, %edx
.LBE215:
.LBE214:
.LBE211:
.LBE210:
	.loc 2 40 15
	leal	1(%rax,%rdx), %eax
.LBE216:
.LBE217:
	.loc 1 22 66
	movl	%eax, 8(%rbp)
.LBE219:
	.loc 1 22 83
	addq	$8, %rsp
	.cfi_def_cfa_offset 24
	popq	%rbx
	.cfi_def_cfa_offset 16
	popq	%rbp
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
.LFE13:
	.size	_ZN3zoo4leftC1Ei, .-_ZN3zoo4leftC1Ei
	.section	.text._ZN3zoo5belowC1Ei,"axG",@progbits,_ZN3zoo5belowC1Ei,comdat
	.align 2
	.p2align 4
	.weak	_ZN3zoo5belowC1Ei
	.type	_ZN3zoo5belowC1Ei, @function
_ZN3zoo5belowC1Ei:
.LFB16:
	.loc 1 23 29
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset 16
	.cfi_offset 6, -16
	movl	%esi, %ebp
.LBB220:
	.loc 1 23 63
	leal	1(%rsi), %esi
.LBE220:
	.loc 1 23 29
	pushq	%rbx
	.cfi_def_cfa_offset 24
	.cfi_offset 3, -24
	movq	%rdi, %rbx
.LBB221:
	.loc 1 23 63
	leaq	12(%rdi), %rdi
.LBE221:
	.loc 1 23 29
	subq	$8, %rsp
	.cfi_def_cfa_offset 32
.LBB222:
	.loc 1 23 63
	call	_ZN3zoo4baseC2Ei
	movl	%ebp, %edx
	movq	%rbx, %rdi
	leaq	24+_ZTCN3zoo5belowE0_NS_4leftE(%rip), %rsi
	call	_ZN3zoo4leftC2Ei.isra.0
	leaq	24+_ZTVN3zoo5belowE(%rip), %rax
	.loc 1 23 78
	movl	12(%rbx), %edi
	.loc 1 23 63
	movq	%rax, (%rbx)
	.loc 1 23 78
	call	_ZN3zoo12_GLOBAL__N_16hiddenEi
	.loc 1 23 69
	addl	%eax, 8(%rbx)
.LBE222:
	.loc 1 23 83
	addq	$8, %rsp
	.cfi_def_cfa_offset 24
	popq	%rbx
	.cfi_def_cfa_offset 16
	popq	%rbp
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
.LFE16:
	.size	_ZN3zoo5belowC1Ei, .-_ZN3zoo5belowC1Ei
	.text
	.p2align 4
	.globl	_ZN3zoo6nestedEi
	.type	_ZN3zoo6nestedEi, @function
_ZN3zoo6nestedEi:
.LFB17:
	.loc 1 27 1
	.cfi_startproc
	subq	$16, %rsp
	.cfi_def_cfa_offset 24
	.loc 1 27 1
	movl	%edi, %esi
.LBB231:
.LBB232:
	.loc 1 33 40
	leaq	12(%rsp), %r9
.LBE232:
.LBE231:
	.loc 1 32 93
	movl	%edi, 12(%rsp)
.LBB235:
.LBB233:
	.loc 1 33 40
	movq	%r9, %rdi
	call	_ZZN3zoo6nestedEiENKUliE_clEi
	.loc 1 33 64
	movl	zoo_sink(%rip), %edx
.LBE233:
.LBE235:
.LBB236:
.LBB237:
	.loc 1 33 40
	movl	$1, %esi
	movq	%r9, %rdi
.LBE237:
.LBE236:
.LBB240:
.LBB234:
	.loc 1 33 64
	leal	(%rax,%rdx), %r8d
.LBE234:
.LBE240:
.LBB241:
.LBB238:
	.loc 1 33 40
	call	_ZZN3zoo6nestedEiENKUliE_clEi
	.loc 1 33 64
	movl	zoo_sink(%rip), %edx
.LBE238:
.LBE241:
.LBB242:
.LBB243:
	.loc 1 30 52
	movl	$2, %edi
.LBB244:
.LBB245:
	.loc 2 25 11
	movl	$2, zoo_sink(%rip)
	.loc 2 26 9
	movl	zoo_sink(%rip), %ecx
.LBE245:
.LBE244:
.LBE243:
.LBE242:
.LBB250:
.LBB239:
	.loc 1 33 64
	leal	(%rax,%rdx), %esi
.LBE239:
.LBE250:
.LBB251:
.LBB248:
	.loc 1 30 52
	call	_ZZN3zoo6nestedEiEN5local3farEi
.LBB247:
.LBB246:
	.loc 2 26 20
	xorl	$5, %ecx
.LBE246:
.LBE247:
.LBE248:
.LBE251:
	.loc 1 35 17
	addl	%r8d, %esi
	.loc 1 36 1
	addq	$16, %rsp
	.cfi_def_cfa_offset 8
.LBB252:
.LBB249:
	.loc 1 30 54
	addl	%eax, %ecx
.LBE249:
.LBE252:
	.loc 1 35 43
	leal	(%rcx,%rsi), %eax
	.loc 1 36 1
	ret
	.cfi_endproc
.LFE17:
	.size	_ZN3zoo6nestedEi, .-_ZN3zoo6nestedEi
	.p2align 4
	.globl	_ZN3zooltERKNS_4baseES2_
	.type	_ZN3zooltERKNS_4baseES2_, @function
_ZN3zooltERKNS_4baseES2_:
.LFB25:
	.loc 1 47 52
	.cfi_startproc
	.loc 1 47 72
	movl	(%rdi), %eax
.LBB253:
.LBB254:
	.loc 2 25 11
	movl	%eax, zoo_sink(%rip)
	.loc 2 26 9
	movl	zoo_sink(%rip), %eax
	.loc 2 26 20
	xorl	$5, %eax
.LBE254:
.LBE253:
	.loc 1 47 79
	cmpl	%eax, (%rsi)
	setg	%al
	.loc 1 47 82
	ret
	.cfi_endproc
.LFE25:
	.size	_ZN3zooltERKNS_4baseES2_, .-_ZN3zooltERKNS_4baseES2_
	.p2align 4
	.globl	_ZN3zoo2v27visibleEiRKNS_4baseE
	.type	_ZN3zoo2v27visibleEiRKNS_4baseE, @function
_ZN3zoo2v27visibleEiRKNS_4baseE:
.LFB26:
	.loc 1 51 1
	.cfi_startproc
	subq	$8, %rsp
	.cfi_def_cfa_offset 16
	.loc 1 51 1
	movl	%edi, %eax
	movq	%rsi, %r9
	movl	%edi, 4(%rsp)
	.loc 1 52 14
	movl	%eax, %esi
	leaq	4(%rsp), %rdi
	call	_ZN3zoo5applyIZNS_2v27visibleEiRKNS_4baseEEUliE_EEiT_i
	.loc 1 52 65
	movl	4(%rsp), %esi
	movq	%r9, %rdi
	.loc 1 52 14
	movl	%eax, %r8d
	.loc 1 52 65
	call	_ZN3zoo5applyIZNS_2v27visibleEiRKNS_4baseEEUliE0_EEiT_i
	.loc 1 53 1
	addq	$8, %rsp
	.cfi_def_cfa_offset 8
	.loc 1 52 99
	addl	%r8d, %eax
	.loc 1 53 1
	ret
	.cfi_endproc
.LFE26:
	.size	_ZN3zoo2v27visibleEiRKNS_4baseE, .-_ZN3zoo2v27visibleEiRKNS_4baseE
	.section	.text._ZNK3zoo3boxIiLi4EE3sumEv,"axG",@progbits,_ZNK3zoo3boxIiLi4EE3sumEv,comdat
	.align 2
	.p2align 4
	.weak	_ZNK3zoo3boxIiLi4EE3sumEv
	.type	_ZNK3zoo3boxIiLi4EE3sumEv, @function
_ZNK3zoo3boxIiLi4EE3sumEv:
.LFB39:
	.loc 1 11 10
	.cfi_startproc
.LBB255:
	.loc 1 11 33
	leaq	16(%rdi), %rcx
.LBE255:
	.loc 1 11 26
	xorl	%edx, %edx
.L32:
.LBB258:
	.loc 1 11 40 discriminator 3
	movl	(%rdi), %eax
	.loc 1 11 33 discriminator 3
	addq	$4, %rdi
.LBB256:
.LBB257:
	.loc 2 25 11 discriminator 3
	movl	%eax, zoo_sink(%rip)
	.loc 2 26 9 discriminator 3
	movl	zoo_sink(%rip), %eax
	.loc 2 26 20 discriminator 3
	xorl	$5, %eax
.LBE257:
.LBE256:
	.loc 1 11 49 discriminator 3
	addl	%eax, %edx
	.loc 1 11 33 discriminator 3
	cmpq	%rcx, %rdi
	jne	.L32
.LBE258:
	.loc 1 11 93
	movl	%edx, %eax
	ret
	.cfi_endproc
.LFE39:
	.size	_ZNK3zoo3boxIiLi4EE3sumEv, .-_ZNK3zoo3boxIiLi4EE3sumEv
	.section	.text._ZNK3zoo3boxIlLi8EE3sumEv,"axG",@progbits,_ZNK3zoo3boxIlLi8EE3sumEv,comdat
	.align 2
	.p2align 4
	.weak	_ZNK3zoo3boxIlLi8EE3sumEv
	.type	_ZNK3zoo3boxIlLi8EE3sumEv, @function
_ZNK3zoo3boxIlLi8EE3sumEv:
.LFB40:
	.loc 1 11 10
	.cfi_startproc
.LBB259:
	.loc 1 11 33
	leaq	64(%rdi), %rcx
.LBE259:
	.loc 1 11 26
	xorl	%edx, %edx
	.p2align 4,,10
	.p2align 3
.L37:
.LBB262:
	.loc 1 11 60 discriminator 3
	movq	(%rdi), %rax
	.loc 1 11 33 discriminator 3
	addq	$8, %rdi
.LBB260:
.LBB261:
	.loc 2 25 11 discriminator 3
	movl	%eax, zoo_sink(%rip)
	.loc 2 26 9 discriminator 3
	movl	zoo_sink(%rip), %eax
	.loc 2 26 20 discriminator 3
	xorl	$5, %eax
.LBE261:
.LBE260:
	.loc 1 11 49 discriminator 3
	cltq
	addq	%rax, %rdx
	.loc 1 11 33 discriminator 3
	cmpq	%rcx, %rdi
	jne	.L37
.LBE262:
	.loc 1 11 93
	movq	%rdx, %rax
	ret
	.cfi_endproc
.LFE40:
	.size	_ZNK3zoo3boxIlLi8EE3sumEv, .-_ZNK3zoo3boxIlLi8EE3sumEv
	.text
	.p2align 4
	.globl	zoo_shapes
	.type	zoo_shapes, @function
zoo_shapes:
.LFB29:
	.loc 1 59 1
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset 16
	.cfi_offset 6, -16
	movslq	%edi, %rax
	pushq	%rbx
	.cfi_def_cfa_offset 24
	.cfi_offset 3, -24
	.loc 1 61 23
	movq	%rax, %xmm0
	movd	%eax, %xmm3
	.loc 1 59 1
	movq	%rax, %rbp
	punpcklqdq	%xmm0, %xmm0
	pshufd	$0, %xmm3, %xmm1
	.loc 1 62 17
	movl	%eax, %esi
	.loc 1 59 1
	subq	$136, %rsp
	.cfi_def_cfa_offset 160
.LBB263:
.LBB264:
.LBB265:
	.loc 1 10 50
	movdqa	.LC0(%rip), %xmm2
.LBE265:
.LBE264:
.LBE263:
	.loc 1 62 17
	leaq	32(%rsp), %rdi
	movaps	%xmm1, (%rsp)
.LBB268:
.LBB267:
.LBB266:
	.loc 1 10 50
	paddq	%xmm0, %xmm2
	.loc 1 10 46
	movaps	%xmm2, 64(%rsp)
	.loc 1 10 50
	movdqa	.LC1(%rip), %xmm2
	paddq	%xmm0, %xmm2
	.loc 1 10 46
	movaps	%xmm2, 80(%rsp)
	.loc 1 10 50
	movdqa	.LC2(%rip), %xmm2
	paddq	%xmm0, %xmm2
	paddq	.LC3(%rip), %xmm0
	.loc 1 10 46
	movaps	%xmm2, 96(%rsp)
	movaps	%xmm0, 112(%rsp)
.LBE266:
.LBE267:
.LBE268:
	.loc 1 62 17
	call	_ZN3zoo4leftC1Ei
	.loc 1 63 18
	movl	%ebp, %esi
	leaq	48(%rsp), %rdi
	call	_ZN3zoo5belowC1Ei
.LBB269:
.LBB270:
	.loc 1 13 67
	movdqa	(%rsp), %xmm1
.LBE270:
.LBE269:
	.loc 1 66 14
	leaq	16(%rsp), %rdi
.LBB272:
.LBB271:
	.loc 1 13 67
	paddd	.LC4(%rip), %xmm1
	movaps	%xmm1, 16(%rsp)
.LBE271:
.LBE272:
	.loc 1 66 14
	call	_ZNK3zoo3boxIiLi4EE3sumEv
	.loc 1 66 41
	leaq	64(%rsp), %rdi
	.loc 1 66 14
	movl	%eax, %ebx
	.loc 1 66 41
	call	_ZNK3zoo3boxIlLi8EE3sumEv
	.loc 1 66 58
	movl	%ebp, %edi
	.loc 1 66 76
	leaq	60(%rsp), %r10
	.loc 1 66 17
	addl	%eax, %ebx
	.loc 1 66 58
	call	_ZN3zoo6nestedEi
	.loc 1 66 76
	movl	%ebp, %edi
	movq	%r10, %rsi
	.loc 1 66 45
	addl	%eax, %ebx
	.loc 1 66 76
	call	_ZN3zoo2v27visibleEiRKNS_4baseE
	.loc 1 66 92
	leaq	44(%rsp), %rdi
	movq	%r10, %rsi
	.loc 1 66 62
	addl	%eax, %ebx
	.loc 1 66 92
	call	_ZN3zooltERKNS_4baseES2_
	.loc 1 67 1
	addq	$136, %rsp
	.cfi_def_cfa_offset 24
	.loc 1 66 92
	movzbl	%al, %eax
	.loc 1 66 97
	addl	%ebx, %eax
	.loc 1 67 1
	popq	%rbx
	.cfi_def_cfa_offset 16
	popq	%rbp
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
.LFE29:
	.size	zoo_shapes, .-zoo_shapes
	.weak	_ZTTN3zoo4leftE
	.section	.data.rel.ro.local._ZTTN3zoo4leftE,"awG",@progbits,_ZTVN3zoo4leftE,comdat
	.align 8
	.type	_ZTTN3zoo4leftE, @object
	.size	_ZTTN3zoo4leftE, 8
_ZTTN3zoo4leftE:
	.quad	_ZTVN3zoo4leftE+24
	.weak	_ZTVN3zoo4leftE
	.section	.rodata._ZTVN3zoo4leftE,"aG",@progbits,_ZTVN3zoo4leftE,comdat
	.align 8
	.type	_ZTVN3zoo4leftE, @object
	.size	_ZTVN3zoo4leftE, 24
_ZTVN3zoo4leftE:
	.quad	12
	.quad	0
	.quad	0
	.hidden	_ZTCN3zoo5belowE0_NS_4leftE
	.weak	_ZTCN3zoo5belowE0_NS_4leftE
	.section	.rodata._ZTCN3zoo5belowE0_NS_4leftE,"aG",@progbits,_ZTVN3zoo5belowE,comdat
	.align 8
	.type	_ZTCN3zoo5belowE0_NS_4leftE, @object
	.size	_ZTCN3zoo5belowE0_NS_4leftE, 24
_ZTCN3zoo5belowE0_NS_4leftE:
	.quad	12
	.quad	0
	.quad	0
	.weak	_ZTTN3zoo5belowE
	.section	.data.rel.ro.local._ZTTN3zoo5belowE,"awG",@progbits,_ZTVN3zoo5belowE,comdat
	.align 8
	.type	_ZTTN3zoo5belowE, @object
	.size	_ZTTN3zoo5belowE, 16
_ZTTN3zoo5belowE:
	.quad	_ZTVN3zoo5belowE+24
	.quad	_ZTCN3zoo5belowE0_NS_4leftE+24
	.weak	_ZTVN3zoo5belowE
	.section	.rodata._ZTVN3zoo5belowE,"aG",@progbits,_ZTVN3zoo5belowE,comdat
	.align 8
	.type	_ZTVN3zoo5belowE, @object
	.size	_ZTVN3zoo5belowE, 24
_ZTVN3zoo5belowE:
	.quad	12
	.quad	0
	.quad	0
	.section	.rodata.cst16,"aM",@progbits,16
	.align 16
.LC0:
	.quad	0
	.quad	1
	.align 16
.LC1:
	.quad	2
	.quad	3
	.align 16
.LC2:
	.quad	4
	.quad	5
	.align 16
.LC3:
	.quad	6
	.quad	7
	.align 16
.LC4:
	.long	3
	.long	5
	.long	7
	.long	9
	.text
.Letext0:
	.section	.debug_info,"",@progbits
.Ldebug_info0:
	.long	0x605
	.value	0x5
	.byte	0x1
	.byte	0x8
	.long	.Ldebug_abbrev0
	.uleb128 0xd
	.long	.LASF34
	.byte	0x21
	.long	.LASF0
	.long	.LASF1
	.long	.LLRL12
	.quad	0
	.long	.Ldebug_line0
	.uleb128 0xe
	.long	.LASF35
	.byte	0x2
	.byte	0xc
	.byte	0x15
	.uleb128 0x3
	.long	.LASF4
	.byte	0xc
	.byte	0x4
	.long	.LASF6
	.byte	0x3
	.uleb128 0xa
	.string	"sum"
	.long	.LASF2
	.quad	.LFB40
	.quad	.LFE40-.LFB40
	.uleb128 0x1
	.byte	0x9c
	.long	0x76
	.uleb128 0x1
	.long	0x541
	.quad	.LBB260
	.quad	.LBE260-.LBB260
	.byte	0x1
	.byte	0xb
	.byte	0x3c
	.byte	0
	.uleb128 0xa
	.string	"sum"
	.long	.LASF3
	.quad	.LFB39
	.quad	.LFE39-.LFB39
	.uleb128 0x1
	.byte	0x9c
	.long	0xae
	.uleb128 0x1
	.long	0x541
	.quad	.LBB256
	.quad	.LBE256-.LBB256
	.byte	0x1
	.byte	0xb
	.byte	0x3c
	.byte	0
	.uleb128 0x3
	.long	.LASF5
	.byte	0xd
	.byte	0x7
	.long	.LASF7
	.byte	0x3
	.uleb128 0xb
	.string	"box"
	.long	.LASF8
	.uleb128 0x8
	.long	0xba
	.long	.LASF10
	.uleb128 0xb
	.string	"box"
	.long	.LASF9
	.uleb128 0x8
	.long	0xcc
	.long	.LASF11
	.uleb128 0x9
	.long	.LASF12
	.byte	0x26
	.byte	0x21
	.quad	.LFB31
	.quad	.LFE31-.LFB31
	.uleb128 0x1
	.byte	0x9c
	.long	0x114
	.uleb128 0x1
	.long	0x1c8
	.quad	.LBB129
	.quad	.LBE129-.LBB129
	.byte	0x1
	.byte	0x2b
	.byte	0x9
	.byte	0
	.uleb128 0x9
	.long	.LASF12
	.byte	0x26
	.byte	0x21
	.quad	.LFB30
	.quad	.LFE30-.LFB30
	.uleb128 0x1
	.byte	0x9c
	.long	0x163
	.uleb128 0x4
	.long	0x1cd
	.quad	.LBB123
	.quad	.LBE123-.LBB123
	.byte	0x1
	.byte	0x2b
	.byte	0x9
	.uleb128 0x1
	.long	0x541
	.quad	.LBB125
	.quad	.LBE125-.LBB125
	.byte	0x1
	.byte	0x34
	.byte	0x2f
	.byte	0
	.byte	0
	.uleb128 0xf
	.long	.LASF36
	.byte	0x1
	.byte	0x3a
	.byte	0x5
	.quad	.LFB29
	.quad	.LFE29-.LFB29
	.uleb128 0x1
	.byte	0x9c
	.long	0x1aa
	.uleb128 0x2
	.long	0xba
	.quad	.LBB263
	.long	.LLRL10
	.byte	0x1
	.byte	0x3d
	.byte	0x17
	.uleb128 0x2
	.long	0xae
	.quad	.LBB269
	.long	.LLRL11
	.byte	0x1
	.byte	0x41
	.byte	0x7
	.byte	0
	.uleb128 0x10
	.long	.LASF37
	.byte	0x1
	.byte	0x32
	.byte	0xb
	.long	.LASF38
	.quad	.LFB26
	.quad	.LFE26-.LFB26
	.uleb128 0x1
	.byte	0x9c
	.uleb128 0x5
	.long	.LASF13
	.uleb128 0x5
	.long	.LASF13
	.uleb128 0x11
	.long	.LASF14
	.byte	0x1
	.byte	0x2f
	.byte	0xc
	.long	.LASF16
	.quad	.LFB25
	.quad	.LFE25-.LFB25
	.uleb128 0x1
	.byte	0x9c
	.long	0x20d
	.uleb128 0x1
	.long	0x541
	.quad	.LBB253
	.quad	.LBE253-.LBB253
	.byte	0x1
	.byte	0x2f
	.byte	0x45
	.byte	0
	.uleb128 0x12
	.long	.LASF15
	.byte	0x1
	.byte	0x1a
	.byte	0xb
	.long	.LASF17
	.quad	.LFB17
	.quad	.LFE17-.LFB17
	.uleb128 0x1
	.byte	0x9c
	.long	0x280
	.uleb128 0x2
	.long	0x285
	.quad	.LBB231
	.long	.LLRL6
	.byte	0x1
	.byte	0x23
	.byte	0xd
	.uleb128 0x2
	.long	0x280
	.quad	.LBB236
	.long	.LLRL7
	.byte	0x1
	.byte	0x23
	.byte	0x17
	.uleb128 0x6
	.long	0x313
	.quad	.LBB242
	.long	.LLRL8
	.byte	0x23
	.byte	0x29
	.uleb128 0x2
	.long	0x541
	.quad	.LBB244
	.long	.LLRL9
	.byte	0x1
	.byte	0x1e
	.byte	0x2b
	.byte	0
	.byte	0
	.uleb128 0x5
	.long	.LASF18
	.uleb128 0x5
	.long	.LASF19
	.uleb128 0x13
	.long	.LASF13
	.quad	.LFB20
	.quad	.LFE20-.LFB20
	.uleb128 0x1
	.byte	0x9c
	.long	0x313
	.uleb128 0x14
	.long	0x539
	.quad	.LBB176
	.long	.LLRL1
	.byte	0x1
	.byte	0x20
	.byte	0x47
	.long	0x2ea
	.uleb128 0x1
	.long	0x541
	.quad	.LBB178
	.quad	.LBE178-.LBB178
	.byte	0x2
	.byte	0x20
	.byte	0x12
	.uleb128 0x2
	.long	0x541
	.quad	.LBB180
	.long	.LLRL2
	.byte	0x2
	.byte	0x22
	.byte	0x15
	.byte	0
	.uleb128 0x6
	.long	0x313
	.quad	.LBB189
	.long	.LLRL3
	.byte	0x20
	.byte	0x58
	.uleb128 0x2
	.long	0x541
	.quad	.LBB191
	.long	.LLRL4
	.byte	0x1
	.byte	0x1e
	.byte	0x2b
	.byte	0
	.byte	0
	.uleb128 0x7
	.long	.LASF30
	.byte	0x1
	.byte	0x1e
	.byte	0xe
	.uleb128 0x15
	.string	"far"
	.byte	0x1
	.byte	0x1d
	.byte	0x14
	.quad	.LFB18
	.quad	.LFE18-.LFB18
	.uleb128 0x1
	.byte	0x9c
	.long	0x383
	.uleb128 0x4
	.long	0x539
	.quad	.LBB116
	.quad	.LBE116-.LBB116
	.byte	0x1
	.byte	0x1d
	.byte	0x32
	.uleb128 0x1
	.long	0x541
	.quad	.LBB118
	.quad	.LBE118-.LBB118
	.byte	0x2
	.byte	0x20
	.byte	0x12
	.uleb128 0x1
	.long	0x541
	.quad	.LBB120
	.quad	.LBE120-.LBB120
	.byte	0x2
	.byte	0x22
	.byte	0x15
	.byte	0
	.byte	0
	.uleb128 0x3
	.long	.LASF20
	.byte	0x17
	.byte	0x1d
	.long	.LASF21
	.byte	0x2
	.uleb128 0x16
	.long	0x383
	.long	.LASF39
	.quad	.LFB16
	.quad	.LFE16-.LFB16
	.uleb128 0x1
	.byte	0x9c
	.uleb128 0x3
	.long	.LASF22
	.byte	0x16
	.byte	0x2b
	.long	.LASF23
	.byte	0x2
	.uleb128 0x17
	.long	0x3aa
	.long	.LASF27
	.quad	.LFB13
	.quad	.LFE13-.LFB13
	.uleb128 0x1
	.byte	0x9c
	.long	0x47d
	.uleb128 0x6
	.long	0x531
	.quad	.LBB202
	.long	.LLRL5
	.byte	0x16
	.byte	0x4d
	.uleb128 0xc
	.long	0x539
	.quad	.LBB204
	.quad	.LBE204-.LBB204
	.long	0x432
	.uleb128 0x1
	.long	0x541
	.quad	.LBB206
	.quad	.LBE206-.LBB206
	.byte	0x2
	.byte	0x20
	.byte	0x12
	.uleb128 0x1
	.long	0x541
	.quad	.LBB208
	.quad	.LBE208-.LBB208
	.byte	0x2
	.byte	0x22
	.byte	0x15
	.byte	0
	.uleb128 0x4
	.long	0x539
	.quad	.LBB210
	.quad	.LBE210-.LBB210
	.byte	0x2
	.byte	0x28
	.byte	0x2b
	.uleb128 0x1
	.long	0x541
	.quad	.LBB212
	.quad	.LBE212-.LBB212
	.byte	0x2
	.byte	0x20
	.byte	0x12
	.uleb128 0x1
	.long	0x541
	.quad	.LBB214
	.quad	.LBE214-.LBB214
	.byte	0x2
	.byte	0x22
	.byte	0x15
	.byte	0
	.byte	0
	.byte	0
	.uleb128 0x8
	.long	0x3aa
	.long	.LASF24
	.uleb128 0x3
	.long	.LASF25
	.byte	0x15
	.byte	0x1c
	.long	.LASF26
	.byte	0x2
	.uleb128 0x18
	.long	0x486
	.long	.LASF28
	.quad	.LFB9
	.quad	.LFE9-.LFB9
	.uleb128 0x1
	.byte	0x9c
	.long	0x4ca
	.uleb128 0x1
	.long	0x541
	.quad	.LBB199
	.quad	.LBE199-.LBB199
	.byte	0x1
	.byte	0x15
	.byte	0x34
	.byte	0
	.uleb128 0x9
	.long	.LASF29
	.byte	0x11
	.byte	0xb
	.quad	.LFB7
	.quad	.LFE7-.LFB7
	.uleb128 0x1
	.byte	0x9c
	.long	0x531
	.uleb128 0x4
	.long	0x539
	.quad	.LBB110
	.quad	.LBE110-.LBB110
	.byte	0x1
	.byte	0x11
	.byte	0x2c
	.uleb128 0x1
	.long	0x541
	.quad	.LBB112
	.quad	.LBE112-.LBB112
	.byte	0x2
	.byte	0x20
	.byte	0x12
	.uleb128 0x1
	.long	0x541
	.quad	.LBB114
	.quad	.LBE114-.LBB114
	.byte	0x2
	.byte	0x22
	.byte	0x15
	.byte	0
	.byte	0
	.uleb128 0x7
	.long	.LASF31
	.byte	0x2
	.byte	0x26
	.byte	0x1
	.uleb128 0x7
	.long	.LASF32
	.byte	0x2
	.byte	0x1e
	.byte	0x1
	.uleb128 0x7
	.long	.LASF33
	.byte	0x2
	.byte	0x17
	.byte	0x1
	.uleb128 0x19
	.long	0x3aa
	.quad	.LFB42
	.quad	.LFE42-.LFB42
	.uleb128 0x1
	.byte	0x9c
	.uleb128 0x6
	.long	0x531
	.quad	.LBB148
	.long	.LLRL0
	.byte	0x16
	.byte	0x4d
	.uleb128 0xc
	.long	0x539
	.quad	.LBB150
	.quad	.LBE150-.LBB150
	.long	0x5bd
	.uleb128 0x1
	.long	0x541
	.quad	.LBB152
	.quad	.LBE152-.LBB152
	.byte	0x2
	.byte	0x20
	.byte	0x12
	.uleb128 0x1
	.long	0x541
	.quad	.LBB154
	.quad	.LBE154-.LBB154
	.byte	0x2
	.byte	0x22
	.byte	0x15
	.byte	0
	.uleb128 0x4
	.long	0x539
	.quad	.LBB156
	.quad	.LBE156-.LBB156
	.byte	0x2
	.byte	0x28
	.byte	0x2b
	.uleb128 0x1
	.long	0x541
	.quad	.LBB158
	.quad	.LBE158-.LBB158
	.byte	0x2
	.byte	0x20
	.byte	0x12
	.uleb128 0x1
	.long	0x541
	.quad	.LBB160
	.quad	.LBE160-.LBB160
	.byte	0x2
	.byte	0x22
	.byte	0x15
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.section	.debug_abbrev,"",@progbits
.Ldebug_abbrev0:
	.uleb128 0x1
	.uleb128 0x1d
	.byte	0
	.uleb128 0x31
	.uleb128 0x13
	.uleb128 0x11
	.uleb128 0x1
	.uleb128 0x12
	.uleb128 0x7
	.uleb128 0x58
	.uleb128 0xb
	.uleb128 0x59
	.uleb128 0xb
	.uleb128 0x57
	.uleb128 0xb
	.byte	0
	.byte	0
	.uleb128 0x2
	.uleb128 0x1d
	.byte	0
	.uleb128 0x31
	.uleb128 0x13
	.uleb128 0x52
	.uleb128 0x1
	.uleb128 0x55
	.uleb128 0x17
	.uleb128 0x58
	.uleb128 0xb
	.uleb128 0x59
	.uleb128 0xb
	.uleb128 0x57
	.uleb128 0xb
	.byte	0
	.byte	0
	.uleb128 0x3
	.uleb128 0x2e
	.byte	0
	.uleb128 0x3f
	.uleb128 0x19
	.uleb128 0x3
	.uleb128 0xe
	.uleb128 0x3a
	.uleb128 0x21
	.sleb128 1
	.uleb128 0x3b
	.uleb128 0xb
	.uleb128 0x39
	.uleb128 0xb
	.uleb128 0x6e
	.uleb128 0xe
	.uleb128 0x20
	.uleb128 0xb
	.byte	0
	.byte	0
	.uleb128 0x4
	.uleb128 0x1d
	.byte	0x1
	.uleb128 0x31
	.uleb128 0x13
	.uleb128 0x11
	.uleb128 0x1
	.uleb128 0x12
	.uleb128 0x7
	.uleb128 0x58
	.uleb128 0xb
	.uleb128 0x59
	.uleb128 0xb
	.uleb128 0x57
	.uleb128 0xb
	.byte	0
	.byte	0
	.uleb128 0x5
	.uleb128 0x2e
	.byte	0
	.uleb128 0x3
	.uleb128 0xe
	.uleb128 0x34
	.uleb128 0x19
	.uleb128 0x20
	.uleb128 0x21
	.sleb128 3
	.byte	0
	.byte	0
	.uleb128 0x6
	.uleb128 0x1d
	.byte	0x1
	.uleb128 0x31
	.uleb128 0x13
	.uleb128 0x52
	.uleb128 0x1
	.uleb128 0x55
	.uleb128 0x17
	.uleb128 0x58
	.uleb128 0x21
	.sleb128 1
	.uleb128 0x59
	.uleb128 0xb
	.uleb128 0x57
	.uleb128 0xb
	.byte	0
	.byte	0
	.uleb128 0x7
	.uleb128 0x2e
	.byte	0
	.uleb128 0x3
	.uleb128 0xe
	.uleb128 0x3a
	.uleb128 0xb
	.uleb128 0x3b
	.uleb128 0xb
	.uleb128 0x39
	.uleb128 0xb
	.uleb128 0x20
	.uleb128 0x21
	.sleb128 3
	.byte	0
	.byte	0
	.uleb128 0x8
	.uleb128 0x2e
	.byte	0
	.uleb128 0x31
	.uleb128 0x13
	.uleb128 0x6e
	.uleb128 0xe
	.byte	0
	.byte	0
	.uleb128 0x9
	.uleb128 0x2e
	.byte	0x1
	.uleb128 0x3
	.uleb128 0xe
	.uleb128 0x3a
	.uleb128 0x21
	.sleb128 1
	.uleb128 0x3b
	.uleb128 0xb
	.uleb128 0x39
	.uleb128 0xb
	.uleb128 0x11
	.uleb128 0x1
	.uleb128 0x12
	.uleb128 0x7
	.uleb128 0x40
	.uleb128 0x18
	.uleb128 0x7a
	.uleb128 0x19
	.uleb128 0x1
	.uleb128 0x13
	.byte	0
	.byte	0
	.uleb128 0xa
	.uleb128 0x2e
	.byte	0x1
	.uleb128 0x3f
	.uleb128 0x19
	.uleb128 0x3
	.uleb128 0x8
	.uleb128 0x3a
	.uleb128 0x21
	.sleb128 1
	.uleb128 0x3b
	.uleb128 0x21
	.sleb128 11
	.uleb128 0x39
	.uleb128 0x21
	.sleb128 10
	.uleb128 0x6e
	.uleb128 0xe
	.uleb128 0x11
	.uleb128 0x1
	.uleb128 0x12
	.uleb128 0x7
	.uleb128 0x40
	.uleb128 0x18
	.uleb128 0x7a
	.uleb128 0x19
	.uleb128 0x1
	.uleb128 0x13
	.byte	0
	.byte	0
	.uleb128 0xb
	.uleb128 0x2e
	.byte	0
	.uleb128 0x3f
	.uleb128 0x19
	.uleb128 0x3
	.uleb128 0x8
	.uleb128 0x3a
	.uleb128 0x21
	.sleb128 1
	.uleb128 0x3b
	.uleb128 0x21
	.sleb128 10
	.uleb128 0x39
	.uleb128 0x21
	.sleb128 2
	.uleb128 0x6e
	.uleb128 0xe
	.uleb128 0x20
	.uleb128 0x21
	.sleb128 2
	.byte	0
	.byte	0
	.uleb128 0xc
	.uleb128 0x1d
	.byte	0x1
	.uleb128 0x31
	.uleb128 0x13
	.uleb128 0x11
	.uleb128 0x1
	.uleb128 0x12
	.uleb128 0x7
	.uleb128 0x58
	.uleb128 0x21
	.sleb128 2
	.uleb128 0x59
	.uleb128 0x21
	.sleb128 40
	.uleb128 0x57
	.uleb128 0x21
	.sleb128 27
	.uleb128 0x1
	.uleb128 0x13
	.byte	0
	.byte	0
	.uleb128 0xd
	.uleb128 0x11
	.byte	0x1
	.uleb128 0x25
	.uleb128 0xe
	.uleb128 0x13
	.uleb128 0xb
	.uleb128 0x3
	.uleb128 0x1f
	.uleb128 0x1b
	.uleb128 0x1f
	.uleb128 0x55
	.uleb128 0x17
	.uleb128 0x11
	.uleb128 0x1
	.uleb128 0x10
	.uleb128 0x17
	.byte	0
	.byte	0
	.uleb128 0xe
	.uleb128 0x34
	.byte	0
	.uleb128 0x3
	.uleb128 0xe
	.uleb128 0x3a
	.uleb128 0xb
	.uleb128 0x3b
	.uleb128 0xb
	.uleb128 0x39
	.uleb128 0xb
	.uleb128 0x3f
	.uleb128 0x19
	.uleb128 0x3c
	.uleb128 0x19
	.byte	0
	.byte	0
	.uleb128 0xf
	.uleb128 0x2e
	.byte	0x1
	.uleb128 0x3f
	.uleb128 0x19
	.uleb128 0x3
	.uleb128 0xe
	.uleb128 0x3a
	.uleb128 0xb
	.uleb128 0x3b
	.uleb128 0xb
	.uleb128 0x39
	.uleb128 0xb
	.uleb128 0x11
	.uleb128 0x1
	.uleb128 0x12
	.uleb128 0x7
	.uleb128 0x40
	.uleb128 0x18
	.uleb128 0x7c
	.uleb128 0x19
	.uleb128 0x1
	.uleb128 0x13
	.byte	0
	.byte	0
	.uleb128 0x10
	.uleb128 0x2e
	.byte	0
	.uleb128 0x3f
	.uleb128 0x19
	.uleb128 0x3
	.uleb128 0xe
	.uleb128 0x3a
	.uleb128 0xb
	.uleb128 0x3b
	.uleb128 0xb
	.uleb128 0x39
	.uleb128 0xb
	.uleb128 0x6e
	.uleb128 0xe
	.uleb128 0x11
	.uleb128 0x1
	.uleb128 0x12
	.uleb128 0x7
	.uleb128 0x40
	.uleb128 0x18
	.uleb128 0x7c
	.uleb128 0x19
	.byte	0
	.byte	0
	.uleb128 0x11
	.uleb128 0x2e
	.byte	0x1
	.uleb128 0x3f
	.uleb128 0x19
	.uleb128 0x3
	.uleb128 0xe
	.uleb128 0x3a
	.uleb128 0xb
	.uleb128 0x3b
	.uleb128 0xb
	.uleb128 0x39
	.uleb128 0xb
	.uleb128 0x6e
	.uleb128 0xe
	.uleb128 0x11
	.uleb128 0x1
	.uleb128 0x12
	.uleb128 0x7
	.uleb128 0x40
	.uleb128 0x18
	.uleb128 0x7a
	.uleb128 0x19
	.uleb128 0x1
	.uleb128 0x13
	.byte	0
	.byte	0
	.uleb128 0x12
	.uleb128 0x2e
	.byte	0x1
	.uleb128 0x3f
	.uleb128 0x19
	.uleb128 0x3
	.uleb128 0xe
	.uleb128 0x3a
	.uleb128 0xb
	.uleb128 0x3b
	.uleb128 0xb
	.uleb128 0x39
	.uleb128 0xb
	.uleb128 0x6e
	.uleb128 0xe
	.uleb128 0x11
	.uleb128 0x1
	.uleb128 0x12
	.uleb128 0x7
	.uleb128 0x40
	.uleb128 0x18
	.uleb128 0x7c
	.uleb128 0x19
	.uleb128 0x1
	.uleb128 0x13
	.byte	0
	.byte	0
	.uleb128 0x13
	.uleb128 0x2e
	.byte	0x1
	.uleb128 0x3
	.uleb128 0xe
	.uleb128 0x34
	.uleb128 0x19
	.uleb128 0x11
	.uleb128 0x1
	.uleb128 0x12
	.uleb128 0x7
	.uleb128 0x40
	.uleb128 0x18
	.uleb128 0x7c
	.uleb128 0x19
	.uleb128 0x1
	.uleb128 0x13
	.byte	0
	.byte	0
	.uleb128 0x14
	.uleb128 0x1d
	.byte	0x1
	.uleb128 0x31
	.uleb128 0x13
	.uleb128 0x52
	.uleb128 0x1
	.uleb128 0x55
	.uleb128 0x17
	.uleb128 0x58
	.uleb128 0xb
	.uleb128 0x59
	.uleb128 0xb
	.uleb128 0x57
	.uleb128 0xb
	.uleb128 0x1
	.uleb128 0x13
	.byte	0
	.byte	0
	.uleb128 0x15
	.uleb128 0x2e
	.byte	0x1
	.uleb128 0x3
	.uleb128 0x8
	.uleb128 0x3a
	.uleb128 0xb
	.uleb128 0x3b
	.uleb128 0xb
	.uleb128 0x39
	.uleb128 0xb
	.uleb128 0x11
	.uleb128 0x1
	.uleb128 0x12
	.uleb128 0x7
	.uleb128 0x40
	.uleb128 0x18
	.uleb128 0x7a
	.uleb128 0x19
	.uleb128 0x1
	.uleb128 0x13
	.byte	0
	.byte	0
	.uleb128 0x16
	.uleb128 0x2e
	.byte	0
	.uleb128 0x31
	.uleb128 0x13
	.uleb128 0x6e
	.uleb128 0xe
	.uleb128 0x11
	.uleb128 0x1
	.uleb128 0x12
	.uleb128 0x7
	.uleb128 0x40
	.uleb128 0x18
	.uleb128 0x7c
	.uleb128 0x19
	.byte	0
	.byte	0
	.uleb128 0x17
	.uleb128 0x2e
	.byte	0x1
	.uleb128 0x31
	.uleb128 0x13
	.uleb128 0x6e
	.uleb128 0xe
	.uleb128 0x11
	.uleb128 0x1
	.uleb128 0x12
	.uleb128 0x7
	.uleb128 0x40
	.uleb128 0x18
	.uleb128 0x7c
	.uleb128 0x19
	.uleb128 0x1
	.uleb128 0x13
	.byte	0
	.byte	0
	.uleb128 0x18
	.uleb128 0x2e
	.byte	0x1
	.uleb128 0x31
	.uleb128 0x13
	.uleb128 0x6e
	.uleb128 0xe
	.uleb128 0x11
	.uleb128 0x1
	.uleb128 0x12
	.uleb128 0x7
	.uleb128 0x40
	.uleb128 0x18
	.uleb128 0x7a
	.uleb128 0x19
	.uleb128 0x1
	.uleb128 0x13
	.byte	0
	.byte	0
	.uleb128 0x19
	.uleb128 0x2e
	.byte	0x1
	.uleb128 0x31
	.uleb128 0x13
	.uleb128 0x11
	.uleb128 0x1
	.uleb128 0x12
	.uleb128 0x7
	.uleb128 0x40
	.uleb128 0x18
	.uleb128 0x7a
	.uleb128 0x19
	.byte	0
	.byte	0
	.byte	0
	.section	.debug_aranges,"",@progbits
	.long	0x9c
	.value	0x2
	.long	.Ldebug_info0
	.byte	0x8
	.byte	0
	.value	0
	.value	0
	.quad	.Ltext0
	.quad	.Letext0-.Ltext0
	.quad	.LFB7
	.quad	.LFE7-.LFB7
	.quad	.LFB42
	.quad	.LFE42-.LFB42
	.quad	.LFB9
	.quad	.LFE9-.LFB9
	.quad	.LFB13
	.quad	.LFE13-.LFB13
	.quad	.LFB16
	.quad	.LFE16-.LFB16
	.quad	.LFB39
	.quad	.LFE39-.LFB39
	.quad	.LFB40
	.quad	.LFE40-.LFB40
	.quad	0
	.quad	0
	.section	.debug_rnglists,"",@progbits
.Ldebug_ranges0:
	.long	.Ldebug_ranges3-.Ldebug_ranges2
.Ldebug_ranges2:
	.value	0x5
	.byte	0x8
	.byte	0
	.long	0
.LLRL0:
	.byte	0x5
	.quad	.LBB148
	.byte	0x4
	.uleb128 .LBB148-.LBB148
	.uleb128 .LBE148-.LBB148
	.byte	0x4
	.uleb128 .LBB163-.LBB148
	.uleb128 .LBE163-.LBB148
	.byte	0
.LLRL1:
	.byte	0x5
	.quad	.LBB176
	.byte	0x4
	.uleb128 .LBB176-.LBB176
	.uleb128 .LBE176-.LBB176
	.byte	0x4
	.uleb128 .LBB188-.LBB176
	.uleb128 .LBE188-.LBB176
	.byte	0x4
	.uleb128 .LBB196-.LBB176
	.uleb128 .LBE196-.LBB176
	.byte	0
.LLRL2:
	.byte	0x5
	.quad	.LBB180
	.byte	0x4
	.uleb128 .LBB180-.LBB180
	.uleb128 .LBE180-.LBB180
	.byte	0x4
	.uleb128 .LBB184-.LBB180
	.uleb128 .LBE184-.LBB180
	.byte	0x4
	.uleb128 .LBB185-.LBB180
	.uleb128 .LBE185-.LBB180
	.byte	0
.LLRL3:
	.byte	0x5
	.quad	.LBB189
	.byte	0x4
	.uleb128 .LBB189-.LBB189
	.uleb128 .LBE189-.LBB189
	.byte	0x4
	.uleb128 .LBB197-.LBB189
	.uleb128 .LBE197-.LBB189
	.byte	0
.LLRL4:
	.byte	0x5
	.quad	.LBB191
	.byte	0x4
	.uleb128 .LBB191-.LBB191
	.uleb128 .LBE191-.LBB191
	.byte	0x4
	.uleb128 .LBB194-.LBB191
	.uleb128 .LBE194-.LBB191
	.byte	0
.LLRL5:
	.byte	0x5
	.quad	.LBB202
	.byte	0x4
	.uleb128 .LBB202-.LBB202
	.uleb128 .LBE202-.LBB202
	.byte	0x4
	.uleb128 .LBB217-.LBB202
	.uleb128 .LBE217-.LBB202
	.byte	0
.LLRL6:
	.byte	0x5
	.quad	.LBB231
	.byte	0x4
	.uleb128 .LBB231-.LBB231
	.uleb128 .LBE231-.LBB231
	.byte	0x4
	.uleb128 .LBB235-.LBB231
	.uleb128 .LBE235-.LBB231
	.byte	0x4
	.uleb128 .LBB240-.LBB231
	.uleb128 .LBE240-.LBB231
	.byte	0
.LLRL7:
	.byte	0x5
	.quad	.LBB236
	.byte	0x4
	.uleb128 .LBB236-.LBB236
	.uleb128 .LBE236-.LBB236
	.byte	0x4
	.uleb128 .LBB241-.LBB236
	.uleb128 .LBE241-.LBB236
	.byte	0x4
	.uleb128 .LBB250-.LBB236
	.uleb128 .LBE250-.LBB236
	.byte	0
.LLRL8:
	.byte	0x5
	.quad	.LBB242
	.byte	0x4
	.uleb128 .LBB242-.LBB242
	.uleb128 .LBE242-.LBB242
	.byte	0x4
	.uleb128 .LBB251-.LBB242
	.uleb128 .LBE251-.LBB242
	.byte	0x4
	.uleb128 .LBB252-.LBB242
	.uleb128 .LBE252-.LBB242
	.byte	0
.LLRL9:
	.byte	0x5
	.quad	.LBB244
	.byte	0x4
	.uleb128 .LBB244-.LBB244
	.uleb128 .LBE244-.LBB244
	.byte	0x4
	.uleb128 .LBB247-.LBB244
	.uleb128 .LBE247-.LBB244
	.byte	0
.LLRL10:
	.byte	0x5
	.quad	.LBB263
	.byte	0x4
	.uleb128 .LBB263-.LBB263
	.uleb128 .LBE263-.LBB263
	.byte	0x4
	.uleb128 .LBB268-.LBB263
	.uleb128 .LBE268-.LBB263
	.byte	0
.LLRL11:
	.byte	0x5
	.quad	.LBB269
	.byte	0x4
	.uleb128 .LBB269-.LBB269
	.uleb128 .LBE269-.LBB269
	.byte	0x4
	.uleb128 .LBB272-.LBB269
	.uleb128 .LBE272-.LBB269
	.byte	0
.LLRL12:
	.byte	0x7
	.quad	.Ltext0
	.uleb128 .Letext0-.Ltext0
	.byte	0x7
	.quad	.LFB7
	.uleb128 .LFE7-.LFB7
	.byte	0x7
	.quad	.LFB42
	.uleb128 .LFE42-.LFB42
	.byte	0x7
	.quad	.LFB9
	.uleb128 .LFE9-.LFB9
	.byte	0x7
	.quad	.LFB13
	.uleb128 .LFE13-.LFB13
	.byte	0x7
	.quad	.LFB16
	.uleb128 .LFE16-.LFB16
	.byte	0x7
	.quad	.LFB39
	.uleb128 .LFE39-.LFB39
	.byte	0x7
	.quad	.LFB40
	.uleb128 .LFE40-.LFB40
	.byte	0
.Ldebug_ranges3:
	.section	.debug_line,"",@progbits
.Ldebug_line0:
	.section	.debug_str,"MS",@progbits,1
.LASF6:
	.string	"_ZNK3zoo3boxIiLi4EEixEi"
.LASF15:
	.string	"nested"
.LASF14:
	.string	"operator<"
.LASF38:
	.string	"_ZN3zoo2v27visibleEiRKNS_4baseE"
.LASF33:
	.string	"zoo_leaf"
.LASF32:
	.string	"zoo_branch"
.LASF17:
	.string	"_ZN3zoo6nestedEi"
.LASF9:
	.string	"_ZN3zoo3boxIiLi4EEC4Ei"
.LASF28:
	.string	"_ZN3zoo4baseC2Ei"
.LASF22:
	.string	"left"
.LASF27:
	.string	"_ZN3zoo4leftC1Ei"
.LASF21:
	.string	"_ZN3zoo5belowC4Ei"
.LASF19:
	.string	"operator()<int>"
.LASF23:
	.string	"_ZN3zoo4leftC4Ei"
.LASF18:
	.string	"operator()<long int>"
.LASF7:
	.string	"_ZN3zoo3boxIiLi4EEpLERKS1_"
.LASF5:
	.string	"operator+="
.LASF25:
	.string	"base"
.LASF10:
	.string	"_ZN3zoo3boxIlLi8EEC2El"
.LASF20:
	.string	"below"
.LASF3:
	.string	"_ZNK3zoo3boxIiLi4EE3sumEv"
.LASF4:
	.string	"operator[]"
.LASF8:
	.string	"_ZN3zoo3boxIlLi8EEC4El"
.LASF39:
	.string	"_ZN3zoo5belowC1Ei"
.LASF36:
	.string	"zoo_shapes"
.LASF29:
	.string	"hidden"
.LASF2:
	.string	"_ZNK3zoo3boxIlLi8EE3sumEv"
.LASF30:
	.string	"near"
.LASF13:
	.string	"operator()"
.LASF16:
	.string	"_ZN3zooltERKNS_4baseES2_"
.LASF34:
	.string	"GNU C++17 12.2.0 -mtune=generic -march=x86-64 -gdwarf-5 -g1 -O2 -fno-asynchronous-unwind-tables -fno-exceptions -fno-rtti"
.LASF31:
	.string	"zoo_trunk"
.LASF24:
	.string	"_ZN3zoo4leftC2Ei"
.LASF37:
	.string	"visible"
.LASF35:
	.string	"zoo_sink"
.LASF12:
	.string	"apply<zoo::v2::visible(int, const zoo::base&)::<lambda(int)> >"
.LASF11:
	.string	"_ZN3zoo3boxIiLi4EEC2Ei"
.LASF26:
	.string	"_ZN3zoo4baseC4Ei"
	.section	.debug_line_str,"MS",@progbits,1
.LASF0:
	.string	"shapes.cc"
.LASF1:
	.string	"."
