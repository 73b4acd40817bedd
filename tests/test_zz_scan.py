import json, traceback
from tests.conftest import *
from tests.raw import send
from tests.access_table import TABLE, Row
from tests.every_route import every_route
def test_scan(house):
    cookies={}
    for r in ("learner","trainer","manager"):
        cookies[r]=house.visitor(r).cookies["rolig"]
    bad=set()
    def go(method,target,headers=(),body=b"",role="trainer",**k):
        h=[(b"cookie",f"rolig={cookies[role]}".encode()),*headers] if not any(n==b"cookie" for n,_ in headers) else list(headers)
        try:
            a=send(house.site,method,target,h,body,**k)
            if a.status>=500: bad.add((method,target[:60],str(headers)[:60],body[:50],a.status))
            return a
        except Exception as e:
            bad.add((method,target[:60],str(headers)[:80],str(body)[:60],type(e).__name__+" "+str(e)[:80]))
    lid=house.actor("learner").id
    en=house.read(lambda db: db.all(__import__('api.enrolments.queries',fromlist=['x']).OF_PERSON, person_id=lid))[0].id
    for role in cookies:
        for m,p in every_route(house.site):
            if "sign-out" in p or m=="DELETE": continue
            for v in ("%00","%ff","x"*5000, "1-1-right-and-net"):
                import re
                go(m,re.sub(r"\{[^}]+\}",v,p),role=role)
                go(m,re.sub(r"\{[^}]+\}",v,p)+"?before=%00&from_name=%00&team=%00&standing=%00&page=%00&after=%00&plan=%00&who=%00&start_on=%00",role=role)
                go(m,re.sub(r"\{[^}]+\}",v,p)+"?before=%ff&from_name=%ff&team=%ff&standing=late&page=%ff&after=%ff&plan=plan:%00&who=person:%00&start_on=2026-11-30&go_live_on=9999-12-31",role=role)
                go(m,re.sub(r"\{[^}]+\}",v,p)+"?before=%00x&from_name=%00x&team=&page=x.%00&after=x.%00&plan=plan:onboarding&who=person:%00&start_on=2026-11-30&go_live_on=9999-12-31",role=role)
    for row in TABLE:
        if not row.body: continue
        path=row.path
        for k,v in {**{"enrolment_id":en,"attempt":"x","unit":"1-1-right-and-net"},**row.values}.items():
            path=path.replace("{"+k+"}",en if v=="{live}" else v)
        for key in row.body:
            for nasty in ("\0","a\0b","\ud800",[],{},None,1.5,10**30,-1,True,"x"*60000,"<script>","0000-00-00","9999-12-31","2026-11-30T00:00","person:\0","plan:\0","nan","1e999"):
                b={**row.body,key:nasty}
                if key=="start_on" or True:
                    if row.is_json:
                        raw=json.dumps(b).encode()
                        h=[(b"content-type",b"application/json")]
                    else:
                        from urllib.parse import urlencode
                        raw=urlencode({k:(str(v).encode("utf-8","surrogatepass")) for k,v in b.items()}).encode()
                        h=[(b"content-type",b"application/x-www-form-urlencoded")]
                    for role in cookies:
                        if not ("session" in path or "sign-in" in path) or role=="learner": go(row.method,path,h,raw,role)
    for path in ("/api/v1/session","/api/v1/enrolments","/sign-in","/assign"):
        for ct in (b"application/json",b"application/x-www-form-urlencoded",b"multipart/form-data",b"multipart/form-data; boundary=x",b"multipart/form-data; boundary=x; charset=bogus",b"\xff",b"text/plain",b""):
            for body in (b"",b"[]",b"1",b"null",b"\"x\"",b"{",b"\xff\xfe",b"{\"email\": \"\xff\"}",b"["*30000,b"1"*5000,b"{\"email\":NaN}",b"email=%ff&password=%ff",b"email=%00&password=x",b"a=1&"*10000,b"email=a&email=b&password=c",b"--x\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\na\0b\xff\r\n--x\r\nContent-Disposition: form-data; name=\"password\"; filename=\"p\"\r\n\r\nab\r\n--x--\r\n",b"--x\r\nbroken",b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n"):
                go("POST",path,[(b"content-type",ct)],body)
    for h in ([(b"host",b"[")],[(b"host",b"a]b")],[(b"host",b"")],[(b"host",b"\xff")],[(b"host",b"x:99999")],[(b"host",b"x:abc")],[(b"origin",b"http://[::1")],[(b"origin",b"\xff")],[(b"origin",b"")],[(b"content-length",b"9"*5000)],[(b"content-length",b"-1")],[(b"content-length",b"\xb2")],[(b"accept-language",b"\xff;q=nan,"*50)],[(b"accept-language",b"en;q=1e999")],[(b"accept-language",b"en"*50000)],[(b"cookie",b"\xff=\xff; rolig=\0")],[(b"cookie",b"rolig="+b"x"*100000)],[(b"sec-fetch-site",b"\xff")],[(b"hx-request",b"\xff")],[(b"accept-encoding",b"\xff")]):
        for t in ("/plan","/plan/","/sign-in","/api/v1/me","/nope","/api/v1/nope","/api/v1","/static/x","/learn/1-1-right-and-net"):
            go("GET",t,h,role="learner")
        go("POST","/sign-in",[*h,(b"content-type",b"application/x-www-form-urlencoded")],b"email=a&password=b")
        go("POST","/assign/",h)
    for b in sorted(bad,key=str): print(b)
    print(len(bad))
    assert 0
