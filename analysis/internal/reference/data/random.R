# The random cases of random_R422.txt: R 4.2.2 with MASS, sandwich, strucchange and survival; some of what this prints was kept.
suppressMessages({library(MASS);library(sandwich);library(strucchange);library(survival)})
options(digits=17, warn=-1)
f <- function(v) paste(sprintf("%.17g", v), collapse=",")
out <- function(tag, inp, res) cat(tag, inp, res, sep="|", fill=FALSE, "\n")
set.seed(20261122)
alts <- c("two.sided","greater","less"); levs <- c(.5,.8,.9,.95,.99,.999,.999999)
rc <- function() switch(sample(5,1), 0, sample(0:5,1), rpois(1,10), rpois(1,100), round(10^runif(1,2,4)))
re <- function() switch(sample(5,1), sample(1:100,1), runif(1,0.1,10), 10^runif(1,-12,0), 10^runif(1,0,9), 1)
for(i in 1:400){ x<-rc(); T<-re(); r<- if(i%%2) max(x,1)/T*exp(rnorm(1)/sqrt(max(x,1))*2) else max(x,.5)/T*exp(rnorm(1)); a<-sample(alts,1); l<-sample(levs,1)
 if(x>1e6) r<- x/T*exp(rnorm(1)*3/sqrt(x))
 t<-poisson.test(x,T,r,alternative=a,conf.level=l); out("pois1", paste(f(c(x,T,r)),a,f(l)), f(c(t$p.value,t$conf.int)))}
for(i in 1:500){ x<-rc(); y<-rc(); T<-re(); S<- if(i%%3) re() else T*exp(rnorm(1)); if(x+y==0) x<-1; r<- if(i%%2) 1 else exp(rnorm(1)); a<-sample(alts,1); l<-sample(levs,1)
 if(x+y>2e6){ y<-round(y/1000); x<-round(x/1000)}
 t<-poisson.test(c(x,y),c(T,S),r,alternative=a,conf.level=l); out("pois2", paste(f(c(x,y,T,S,r)),a,f(l)), f(c(t$p.value,t$conf.int)))}
for(i in 1:300){ n<-round(10^runif(1,0,6)); x<-rbinom(1,n,runif(1)); if(i%%5==0) x<-0; if(i%%7==0) x<-n; l<-sample(levs,1); t<-binom.test(x,n,conf.level=l); out("binom",paste(f(c(x,n)),f(l)),f(t$conf.int))}
for(i in 1:400){ s<-sample(c(3,8,30,200,2000),1); m<-matrix(rpois(4,s*runif(4)),2); if(sum(m[1,])==0||sum(m[2,])==0) next; a<-sample(alts,1); l<-sample(levs,1)
 t<-fisher.test(m,alternative=a,conf.level=l); out("fisher2",paste(f(c(m[1,1],sum(m[1,]),m[2,1],sum(m[2,]))),a,f(l)),f(c(t$p.value,t$estimate,t$conf.int)))}
for(i in 1:200){ nr<-sample(2:4,1); nc<-sample(2:5,1); m<-matrix(rpois(nr*nc,sample(c(1,2,4,7),1)),nr); if(nr==2&&nc==2) next; if(sum(rowSums(m)>0)<2||sum(colSums(m)>0)<2) next
 t<-try(fisher.test(m,workspace=2e7),silent=TRUE); if(inherits(t,"try-error")) next; out("fisherrc",paste(nr,nc,f(as.vector(t(m)))),f(t$p.value))}
for(i in 1:200){ n<-sample(12:120,1); x<-rnorm(n)*10^runif(1,-3,3)+runif(1,-100,100)*(i%%3==0); g<-factor(sample(letters[1:sample(2:4,1)],n,TRUE)); e<-exp(rnorm(n)); 
 mu<-exp(1+.4*as.vector(scale(x))+.3*as.integer(g))*e; y<- if(i%%2) rpois(n,mu) else rnbinom(n,mu=mu,size=runif(1,.5,5)); if(nlevels(droplevels(g))<2) next; if(any(tapply(y,g,sum)==0)) next
 fm<- if(i%%4==0) "y ~ x + g + offset(log(e))" else if(i%%4==1) "y ~ x * g + offset(log(e))" else if (i%%4==2) "y ~ x" else "y ~ g + x:g + offset(log(e))"
 if(i%%4==3) fm <- "y ~ g + offset(log(e))"
 d<-data.frame(y,x,g,e); m<-try(glm(as.formula(fm),poisson,d),silent=TRUE); if(inherits(m,"try-error")||!m$converged||any(is.na(coef(m)))) next
 inp<-paste(fm,f(y),f(x),paste(g,collapse=","),f(e),sep=";")
 s<-summary(m); q<-summary(glm(as.formula(fm),quasipoisson,d))
 mm<-glm(as.formula(fm),poisson,d,epsilon=1e-15,maxit=100)
 hc<-unlist(lapply(c("HC0","HC1","HC2","HC3"),function(k) sqrt(diag(vcovHC(m,type=k)))))
 nw<-sqrt(diag(NeweyWest(mm,lag=3,prewhite=FALSE,adjust=FALSE)))
 out("glm",inp,paste(f(coef(mm)),f(s$coefficients[,2]),f(s$coefficients[,4]),f(c(deviance(mm),logLik(mm),AIC(mm),sum(residuals(mm,"pearson")^2))),f(q$coefficients[,2]),f(q$coefficients[,4]),f(hc),f(nw),sep=";"))
 if(i%%2==0){ nb<-try(glm.nb(as.formula(fm),d,control=glm.control(epsilon=1e-12,maxit=200)),silent=TRUE); if(!inherits(nb,"try-error") && nb$theta<1e4 && is.null(nb$th.warn)){ out("nb",inp,paste(f(coef(nb)),f(summary(nb)$coefficients[,2]),f(c(nb$theta,nb$SE.theta,as.numeric(logLik(nb)),deviance(nb))),sep=";"))}}}
for(i in 1:300){ n<-sample(1:15,1); m<-sample(1:15,1); a<-sample(alts,1); x<-rnorm(n); y<-rnorm(m)+rnorm(1); t<-wilcox.test(x,y,alternative=a,exact=TRUE); out("wilcox",paste(f(x),f(y),a,sep=";"),f(c(t$statistic,t$p.value)))
 x<-round(x*2); y<-round(y*2); if(length(unique(c(x,y)))<2) next; t<-wilcox.test(x,y,alternative=a,exact=FALSE); if(choose(n+m,n)>50000) next; rk<-rank(c(x,y)); sm<-combn(n+m,n,function(k) sum(rk[k])); o<-sum(rk[1:n]); gg<-mean(sm>=o-1e-9); ll<-mean(sm<=o+1e-9); pe<-switch(a,two.sided=min(1,2*min(gg,ll)),greater=gg,less=ll)
 out("wilcoxtie",paste(f(x),f(y),a,sep=";"),f(c(t$statistic,t$p.value,pe)))}
for(i in 1:300){ n<-sample(1:25,1); m<-sample(1:25,1); a<-sample(alts,1); x<-rnorm(n); y<-rnorm(m)+rnorm(1); if(i%%2){x<-round(x*2);y<-round(y*2)}; t<-ks.test(x,y,alternative=a,exact=TRUE); out("ks",paste(f(x),f(y),a,sep=";"),f(c(t$statistic,t$p.value)))}
for(i in 1:30){ n<-sample(110:200,1); m<-sample(110:200,1); x<-rnorm(n); y<-rnorm(m)+rnorm(1)*.2; t<-ks.test(x,y,exact=FALSE); out("ksbig",paste(f(x),f(y),"two.sided",sep=";"),f(c(t$statistic,t$p.value)))}
for(i in 1:200){ n<-sample(4:60,1); v<-cumsum(rnorm(n))*sample(0:1,1)+rnorm(n); if(i%%2) v<-round(v); if(length(unique(v))<2) next; a<-sample(alts,1); t<-cor.test(1:n,v,method="kendall",exact=FALSE,continuity=TRUE,alternative=a); out("mk",paste(f(v),a,sep=";"),f(c(t$estimate,t$statistic,t$p.value)))}
for(i in 1:150){ n<-sample(20:400,1); v<- switch(sample(4,1),rnorm(n),rexp(n)*100,c(rnorm(n%/%2),rnorm(n-n%/%2,5)),round(rnorm(n,180,40))); sj<-try(bw.SJ(v),silent=TRUE); if(inherits(sj,"try-error")) sj<-NA
 p<-quantile(v,c(.05,.3,.8)); h<-bw.nrd0(v); d<-sapply(p,function(z) mean(dnorm(z,v,h))); out("bw",f(v),paste(f(c(h,bw.nrd(v),sj)),f(p),f(d),sep=";"))}
for(i in 1:100){ n<-sample(12:120,1); x<-runif(n)*100; y<-sin(x/20)*3+rnorm(n); if(i%%3==0) x<-round(x/5)*5; sp<-runif(1,.35,1); dg<-sample(1:2,1); at<-quantile(x,c(.1,.5,.77))
 l<-try(loess(y~x,span=sp,degree=dg,control=loess.control(surface="direct",statistics="none",iterations=1)),silent=TRUE); if(inherits(l,"try-error")) next; out("loess",paste(f(x),f(y),f(c(sp,dg)),f(at),sep=";"),f(predict(l,data.frame(x=as.numeric(at)))))
 if(i%%3){ o<-lowess(x,y,f=sp,iter=3,delta=0); out("lowess",paste(f(x),f(y),f(sp),sep=";"),f(o$y))}}
for(i in 1:100){ p<-runif(sample(1:40,1))^sample(1:4,1); if(i%%4==0) p<-round(p,1); out("padj",f(p),paste(f(p.adjust(p,"holm")),f(p.adjust(p,"BH")),f(p.adjust(p,"BY")),f(p.adjust(p,"bonferroni")),sep=";"))}
for(i in 1:100){ n1<-sample(20:60,1); n2<-sample(20:60,1); v<-c(rnorm(n1,0,runif(1,.5,2)),rnorm(n2,runif(1,1,3),runif(1,.5,2))); b<-breakpoints(v~1,h=5,breaks=1); ci<-try(confint(b,breaks=1,het.err=TRUE,het.reg=FALSE),silent=TRUE); if(inherits(ci,"try-error")) next; c3<-ci$confint; out("struc",f(v),f(c(c3,breakpoints(b,breaks=1)$RSS)))}
for(i in 1:60){ n<-sample(3:7,1); m<-sample(3:7,1); x<-round(rexp(n)*50); y<-round(rexp(m)*60); a<-sample(alts,1); z<-c(x,y); cb<-combn(n+m,n); d<-apply(cb,2,function(k) mean(z[k])-mean(z[-k])); o<-mean(x)-mean(y); p<-switch(a,two.sided=mean(abs(d)>=abs(o)-1e-9),greater=mean(d>=o-1e-9),less=mean(d<=o+1e-9)); out("perm",paste(f(x),f(y),a,sep=";"),f(p))}
for(i in 1:60){ n<-sample(4:30,1); L<-round(runif(n,0,20)); R<-L+round(runif(n,1,10)); R[runif(n)<.2]<-Inf; w<-runif(n)<.15; R[w]<-L[w]; R2<-R; s<-survfit(Surv(L,ifelse(is.finite(R),R,NA),type="interval2")~1); tt<-sort(unique(c(L,R[is.finite(R)])))+.25; ss<-summary(s,times=tt,extend=TRUE)$surv; out("turnbull",paste(f(L),f(R),f(tt),sep=";"),f(ss))}
for(i in 1:200){ x<-rpois(1,sample(c(2,10,50),1)); y<-rpois(1,sample(c(2,10,50),1)); if(x+y==0) x<-1; T<-round(runif(1,1,50)); S<-round(runif(1,1,50)); a<-sample(alts,1)
 th<-(x+y)/(T+S); k1<-0:qpois(1-1e-16,th*T+40); k2<-0:qpois(1-1e-16,th*S+40); st<-function(a,b){ v<-(a+b)*(T*S)/(T+S)^2*0+ (a+b)/(T+S)*(1/T+1/S); ifelse(a+b==0,0,(a/T-b/S)/sqrt(v))}
 o<-st(x,y); g<-outer(k1,k2,st); pr<-outer(dpois(k1,th*T),dpois(k2,th*S)); p<-switch(a,two.sided=sum(pr[abs(g)>=abs(o)-1e-10]),greater=sum(pr[g>=o-1e-10]),less=sum(pr[g<=o+1e-10])); sc<-switch(a,two.sided=2*pnorm(-abs(o)),greater=pnorm(-o),less=pnorm(o))
 pp<-T/(T+S); lo<-pbinom(x,x+y,pp)-.5*dbinom(x,x+y,pp); hi<-pbinom(x-1,x+y,pp,lower=FALSE)-.5*dbinom(x,x+y,pp); dd<-dbinom(0:(x+y),x+y,pp); ex<-poisson.test(c(x,y),c(T,S))$p.value; mp<-switch(a,two.sided=ex-.5*dbinom(x,x+y,pp),greater=hi,less=lo)
 out("etest",paste(f(c(x,y,T,S)),a),f(c(p,sc,mp)))}
for(i in 1:100){ x<-round(10^runif(1,2,6)); y<-round(x*runif(1,0,.3)); T<-10^runif(1,-3,3); lp<-pbinom(x-1,x+y,.5,lower.tail=FALSE,log.p=TRUE); out("tail",f(c(x,y,T)),f(lp))}
for(i in 1:12){ a<-runif(1,.2,1.5); b<-runif(1,.2,1.5); n<-sample(8:30,1); m<-sample(8:30,1); k1<-0:(qpois(1-1e-14,a*n)+5); k2<-0:(qpois(1-1e-14,b*m)+5); pw<-0; for(u in k1) for(v in k2){ if(u+v==0) next; if(poisson.test(c(u,v),c(n,m))$p.value<=.05) pw<-pw+dpois(u,a*n)*dpois(v,b*m)}; out("power",f(c(a,b,n,m)),f(pw))}
